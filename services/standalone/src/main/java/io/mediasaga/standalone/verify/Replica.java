package io.mediasaga.standalone.verify;

import io.mediasaga.standalone.process.Route;

/**
 * One process of a service.
 *
 * @param service name of the service
 * @param number counts its replicas from 1
 * @param route where its HTTP interface is
 */
record Replica(String service, int number, Route route, Child process) {

    String name() {
        return service + "-" + number;
    }
}
