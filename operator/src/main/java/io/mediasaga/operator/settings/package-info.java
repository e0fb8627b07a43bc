/** How the operator is configured. */
@NullMarked
package io.mediasaga.operator.settings;

import org.jspecify.annotations.NullMarked;
