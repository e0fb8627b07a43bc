/** Shows that nothing is lost or done twice while everything that can fail does fail. */
@NullMarked
package io.mediasaga.standalone.verify;

import org.jspecify.annotations.NullMarked;
