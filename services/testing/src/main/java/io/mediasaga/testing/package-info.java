/** What tests of all modules share. */
@NullMarked
package io.mediasaga.testing;

import org.jspecify.annotations.NullMarked;
