package io.mediasaga.messaging.config;

/** Names this process, or this application context, in leases; unlike any other. */
public record ProcessName(String value) {}
