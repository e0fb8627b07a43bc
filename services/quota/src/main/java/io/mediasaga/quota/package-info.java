/**
 * What each owner may store: limits, reservations that expire, and usage. Every change is an entry in a ledger, and an
 * account is always the sum of its entries.
 */
@NullMarked
package io.mediasaga.quota;

import org.jspecify.annotations.NullMarked;
