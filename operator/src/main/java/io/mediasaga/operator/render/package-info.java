/** From the model to Kubernetes objects; nothing is decided here. */
@NullMarked
package io.mediasaga.operator.render;

import org.jspecify.annotations.NullMarked;
