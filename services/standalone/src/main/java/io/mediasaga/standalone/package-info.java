/** All of the platform on one machine, and its command line. */
@NullMarked
package io.mediasaga.standalone;

import org.jspecify.annotations.NullMarked;
