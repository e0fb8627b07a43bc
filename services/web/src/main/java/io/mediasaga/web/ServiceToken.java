package io.mediasaga.web;

/**
 * The API token, for a service that calls another one of the platform.
 *
 * @param value as it goes behind {@code Authorization: Bearer}
 */
public record ServiceToken(String value) {

    @Override
    public String toString() {
        return "ServiceToken[***]";
    }
}
