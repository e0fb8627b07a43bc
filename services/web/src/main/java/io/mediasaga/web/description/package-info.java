/**
 * How an API describes itself (OpenAPI): what follows from the rules of access and from what every HTTP interface of the platform shares
 * is said here once. Controllers only say what cannot be seen in them, by {@link io.mediasaga.web.description.Answers}.
 */
@NullMarked
package io.mediasaga.web.description;

import org.jspecify.annotations.NullMarked;
