/** How every part of the platform is. */
@NullMarked
package io.mediasaga.orchestrator.console.health;

import org.jspecify.annotations.NullMarked;
