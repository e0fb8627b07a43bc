package io.mediasaga.ingest.http;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.math.BigDecimal;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** Describes the headers and bodies of uploads, which the controllers read from the request themselves. */
final class TusDescription implements GlobalOperationCustomizer {

    private static final String BYTES = "application/octet-stream";

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        switch (operation.getOperationId()) {
            case "getTusCapabilities", "getUploadCapabilities" -> answers(
                    operation, version(), each("Tus-Version", text()), each("Tus-Extension", text()),
                    each("Tus-Max-Size", number()), each("Tus-Checksum-Algorithm", text()), each("Allow", text()));
            case "createUpload" -> {
                takes(operation, true, Tus.RESUMABLE, version().schema(), "The version of tus.");
                takes(operation, true, "Upload-Metadata", text(), "Has to name the asset: asset_id and its value in Base64.");
                takes(operation, false, Tus.LENGTH, number(), "How many bytes the file has; has to be what the saga has declared.");
                takes(operation, false, "Upload-Defer-Length", new StringSchema().addEnumItem("1"), "In place of Upload-Length.");
                checksum(operation);
                body(operation, false, Tus.CONTENT_TYPE);
                answers(operation, version(), each("Location", text()), each(Tus.OFFSET, number()), each("Upload-Expires", text()));
            }
            case "getUploadOffset" -> {
                takes(operation, true, Tus.RESUMABLE, version().schema(), "The version of tus.");
                answers(operation, version(), each(Tus.OFFSET, number()), each(Tus.LENGTH, number()), each("Upload-Expires", text()));
            }
            case "patchUpload" -> {
                takes(operation, true, Tus.RESUMABLE, version().schema(), "The version of tus.");
                takes(operation, true, Tus.OFFSET, number(), "Where the bytes belong: how many are there already.");
                checksum(operation);
                body(operation, true, Tus.CONTENT_TYPE);
                answers(operation, version(), each(Tus.OFFSET, number()), each("Upload-Expires", text()));
            }
            case "deleteUpload" -> {
                takes(operation, true, Tus.RESUMABLE, version().schema(), "The version of tus.");
                answers(operation, version());
            }
            case "putContent" -> {
                takes(operation, false, "Content-Range", text().pattern("^bytes \\d+-\\d+/(\\d+|\\*)$"), "Which part of the file it is, where it is not all.");
                takes(operation, false, "Content-Digest", text(), "The digest of the body (RFC 9530).");
                takes(operation, false, "X-Checksum-Sha256", text().pattern("^[0-9a-fA-F]{64}$"), "The digest in hexadecimal digits.");
                body(operation, true, BYTES);
                answers(operation, each(Tus.OFFSET, number()));
            }
            default -> {}
        }
        return operation;
    }

    private record Named(String name, Schema<?> schema) {}

    private static Named each(String name, Schema<?> schema) {
        return new Named(name, schema);
    }

    private static Named version() {
        return each(Tus.RESUMABLE, new StringSchema().addEnumItem(Tus.VERSION));
    }

    private static StringSchema text() {
        return new StringSchema();
    }

    private static Schema<?> number() {
        return new IntegerSchema().format("int64").minimum(BigDecimal.ZERO);
    }

    private static void checksum(Operation operation) {
        takes(
                operation, false, "Upload-Checksum", text().pattern("^(sha1|sha256|sha512|md5) +[A-Za-z0-9+/]+=*$"),
                "The algorithm and the digest of the body in Base64.");
    }

    private static void takes(Operation operation, boolean required, String name, Schema<?> schema, String description) {
        if (operation.getParameters() != null && operation.getParameters().stream().anyMatch(each -> name.equals(each.getName()))) {
            return; // the same operation at another spelling of its path
        }
        operation.addParametersItem(
                new HeaderParameter().name(name).required(required).schema(schema).description(description));
    }

    private static void body(Operation operation, boolean required, String type) {
        MediaType bytes = new MediaType().schema(new StringSchema().format("binary"));
        operation.requestBody(new RequestBody().required(required).content(new Content().addMediaType(type, bytes)));
    }

    private static void answers(Operation operation, Named... headers) {
        ApiResponse success = operation.getResponses().computeIfAbsent("200", status -> new ApiResponse());
        for (Named header : headers) {
            success.addHeaderObject(header.name(), new Header().schema(header.schema()));
        }
    }
}
