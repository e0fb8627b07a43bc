/** Each service as a process of its own, behind one port. */
@NullMarked
package io.mediasaga.standalone.process;

import org.jspecify.annotations.NullMarked;
