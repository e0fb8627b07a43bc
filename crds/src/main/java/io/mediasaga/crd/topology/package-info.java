/** What surrounds a saga, with every default filled in: its topics, its credentials, its participants. */
@NullMarked
package io.mediasaga.crd.topology;

import org.jspecify.annotations.NullMarked;
