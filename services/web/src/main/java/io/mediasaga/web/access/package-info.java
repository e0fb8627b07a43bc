/**
 * Who may do what over HTTP: bearer tokens, roles, limits per person.
 *
 * <p>Tokens are verified by Spring Security's decoder. Its filter chain is left out: the rules stand at the methods that answer, so that
 * no spelling of a path leads around one, and a request of the fast path passes one look-up instead of a dozen filters.
 */
@NullMarked
package io.mediasaga.web.access;

import org.jspecify.annotations.NullMarked;
