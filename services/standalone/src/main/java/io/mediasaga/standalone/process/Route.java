package io.mediasaga.standalone.process;

/**
 * Where requests below a path go.
 *
 * @param path their prefix; empty for everything
 * @param port port on 127.0.0.1
 */
public record Route(String path, int port) {

    boolean covers(String requested) {
        return requested.equals(path) || requested.startsWith(path + "/");
    }
}
