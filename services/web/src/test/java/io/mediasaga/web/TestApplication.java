package io.mediasaga.web;

import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Open;
import io.mediasaga.web.access.RateLimited;
import io.mediasaga.web.access.Role;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A service as small as one can be. */
@SpringBootApplication
public class TestApplication {

    record Thing(@NotBlank String thingName, long sizeBytes, @Nullable Instant createdAt, @Nullable List<Thing> parts) {}

    /** Reads parameters before anything else does. */
    @Bean
    Filter early() {
        return (request, response, chain) -> {
            if (((HttpServletRequest) request).getRequestURI().endsWith("/early")) {
                request.getParameterNames();
            }
            chain.doFilter(request, response);
        };
    }

    @RestController
    @Needs({Role.VIEWER, Role.UPLOADER})
    static class Things {

        @PostMapping("/things")
        Thing create(@Valid @RequestBody Thing thing) {
            return thing;
        }

        @PostMapping("/large/things")
        Thing createLarge(@RequestBody Thing thing) {
            return thing;
        }

        @GetMapping("/things/{number}")
        Map<String, Object> get(@PathVariable int number, @RequestParam(defaultValue = "1") @Max(3) int pageNumber) {
            return Map.of("number", number);
        }

        @GetMapping("/search")
        Map<String, Object> search(
                @RequestParam(required = false) @Nullable String name,
                @RequestParam(required = false) @Nullable Instant since,
                @RequestParam(required = false) @Nullable List<String> tags) {
            return Map.of("name", String.valueOf(name), "since", String.valueOf(since), "tags", String.valueOf(tags));
        }

        @PostMapping("/form")
        String form(@RequestParam String name) {
            return name;
        }

        @GetMapping("/refused/{state}")
        void refused(@PathVariable String state) {
            throw new DataIntegrityViolationException("statement with hunter2", new SQLException("a\nvalue", state));
        }

        @GetMapping("/who")
        Map<String, String> who(HttpServletRequest request) {
            return Map.of("who", request.getRemoteUser(), "request_id", String.valueOf(RequestId.current()));
        }

        @Open
        @GetMapping("/public/page")
        String page() {
            return "for everybody";
        }

        @GetMapping("/actor")
        String actor(@RequestHeader("X-Actor") String actor) {
            return actor;
        }

        @Needs(Role.UPLOADER)
        @RateLimited(RateLimited.Limit.STARTS)
        @PostMapping("/starts")
        String start() {
            return "started";
        }

        @GetMapping("/page")
        CursorPage<String> page(@RequestParam(required = false) @Nullable String cursor) {
            Cursor after = Cursor.parse(cursor, 1);
            return new CursorPage<>(List.of(after == null ? "first" : after.text(0)), Cursor.of("second").encode());
        }

        @GetMapping("/busy")
        void busy() {
            throw new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "BUSY", "Too much to do").retryAfter(7).with("queue_length", 3);
        }

        @GetMapping("/gone")
        void gone() {
            throw new TransactionSystemException("JDBC rollback failed at secret-host");
        }

        @GetMapping("/away")
        void away() {
            throw new DataAccessResourceFailureException("connection to secret-host refused");
        }

        @GetMapping("/broken")
        void broken() {
            throw new IllegalStateException("password is hunter2");
        }

        @GetMapping("/deep")
        void deep() {
            throw new StackOverflowError("deep secret");
        }
    }
}
