/** Brings objects to the API server, only where they differ, and tells who changed them. */
@NullMarked
package io.mediasaga.operator.apply;

import org.jspecify.annotations.NullMarked;
