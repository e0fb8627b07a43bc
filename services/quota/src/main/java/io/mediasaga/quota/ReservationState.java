package io.mediasaga.quota;

/** What became of a reservation. */
enum ReservationState {
    HELD,
    USED,
    RELEASED,
    EXPIRED
}
