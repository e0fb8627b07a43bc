/** Shows how fast the platform is on this machine, and that nothing is lost or done twice by it. */
@NullMarked
package io.mediasaga.standalone.bench;

import org.jspecify.annotations.NullMarked;
