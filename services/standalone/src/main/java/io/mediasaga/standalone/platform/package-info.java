/** The platform on one machine: its servers, its services, the folder of its data. */
@NullMarked
package io.mediasaga.standalone.platform;

import org.jspecify.annotations.NullMarked;
