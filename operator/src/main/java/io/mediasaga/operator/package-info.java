/** The operator: from MediaSaga resources to topics, deployments and what else they need. */
@NullMarked
package io.mediasaga.operator;

import org.jspecify.annotations.NullMarked;
