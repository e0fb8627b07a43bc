/** The processing service: turns an uploaded file into what is published. */
@NullMarked
package io.mediasaga.processing;

import org.jspecify.annotations.NullMarked;
