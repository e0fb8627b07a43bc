/**
 * What every HTTP interface of the platform shares: one API token, request ids, RFC 9457 problem details, cursor
 * pages and snake case JSON. A service gets it by having the module on its class path and importing {@code
 * web-defaults.yaml}.
 */
@NullMarked
package io.mediasaga.web;

import org.jspecify.annotations.NullMarked;
