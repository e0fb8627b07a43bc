/** What the command line knows of the platform: its HTTP interface, nothing else. */
@NullMarked
package io.mediasaga.standalone.client;

import org.jspecify.annotations.NullMarked;
