package io.mediasaga.standalone.client;

import tools.jackson.databind.JsonNode;

/**
 * A line of a saga's history.
 *
 * @param id grows from line to line
 * @param kind what happened, as in {@code SUCCEEDED}
 * @param step name of the step; empty for what concerns the whole saga
 * @param compensation name of the compensation; empty when the step itself is meant
 * @param attempt number of the attempt, 0 where there is none
 * @param millis how long what is over now took
 * @param detail in plain words; may be empty
 */
public record HistoryLine(
        long id, String kind, String step, String compensation, int attempt, long millis, String detail) {

    static HistoryLine of(JsonNode json) {
        return new HistoryLine(
                json.path("id").asLong(0),
                json.path("kind").asString(""),
                json.path("step").asString(""),
                json.path("compensation").asString(""),
                json.path("attempt").asInt(0),
                json.path("millis").asLong(0),
                json.path("detail").asString(""));
    }
}
