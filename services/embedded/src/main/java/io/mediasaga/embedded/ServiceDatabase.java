package io.mediasaga.embedded;

/**
 * Where a service finds its schema.
 *
 * @param url JDBC address, without credentials
 * @param user its role, which owns nothing but the schema of the same name
 * @param password the role's password
 */
public record ServiceDatabase(String url, String user, String password) {

    @Override
    public String toString() {
        return url + " as " + user; // never the password
    }
}
