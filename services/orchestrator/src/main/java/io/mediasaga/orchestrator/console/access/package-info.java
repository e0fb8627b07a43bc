/** Who may use the console: signing in, sessions, roles, protection of forms. */
@NullMarked
package io.mediasaga.orchestrator.console.access;

import org.jspecify.annotations.NullMarked;
