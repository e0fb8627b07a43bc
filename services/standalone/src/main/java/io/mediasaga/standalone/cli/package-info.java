/** The command line. */
@NullMarked
package io.mediasaga.standalone.cli;

import org.jspecify.annotations.NullMarked;
