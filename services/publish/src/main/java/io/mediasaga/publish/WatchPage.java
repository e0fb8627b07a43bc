package io.mediasaga.publish;

import static org.springframework.web.util.HtmlUtils.htmlEscape;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** The HTML of the page. Everything that comes from outside is escaped; addresses are relative and plain. */
@Component
class WatchPage {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private static final String FRAME = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="dark light">
            <title>%1$s</title>
            %2$s<link rel="icon" href="%6$s" type="image/svg+xml">
            <link rel="stylesheet" href="%3$s">
            %4$s</head>
            <body>
            <main>
            %5$s</main>
            </body>
            </html>
            """;

    private final PlayerFiles files;
    private final Addresses addresses;

    WatchPage(PlayerFiles files, Addresses addresses) {
        this.files = files;
        this.addresses = addresses;
    }

    /** The page of a publication. */
    String render(Publication publication) {
        String title = htmlEscape(publication.title());
        String day = DAY.format(publication.publishedAt().atOffset(ZoneOffset.UTC));
        String body = """
                <div class="stage">
                %s</div>
                <p id="message" role="alert" hidden></p>
                <header>
                <h1>%s</h1>
                <p class="about"><time datetime="%s">Published %s</time></p>
                </header>
                %s""".formatted(stage(publication, title), title, publication.publishedAt(), day, actions(publication));
        return frame(title, preview(publication, title), scripts(publication), body);
    }

    /** The page of an address under which nothing is published. */
    String renderNothing() {
        String body = """
                <header class="nothing">
                <h1>Nothing is published here</h1>
                <p class="about">It may still be on its way, or it has been taken back.</p>
                </header>
                """;
        return frame("Nothing is published here", "", "", body);
    }

    private String frame(String title, String meta, String scripts, String body) {
        return FRAME.formatted(title, meta, files.address("player.css"), scripts, body, files.address("icon.svg"));
    }

    private static String stage(Publication publication, String title) {
        ContentTypes.Type type = ContentTypes.of(publication.entry());
        String entry = htmlEscape(publication.entry());
        String poster = publication.poster() == null ? "" : " poster=\"" + htmlEscape(publication.poster()) + "\"";
        if (type.isPlaylist()) {
            return "<video id=\"player\" controls playsinline preload=\"metadata\" aria-label=\"" + title + "\"" + poster
                    + " data-playlist=\"" + entry + "\"></video>\n"
                    + "<noscript><p>Playing this here needs JavaScript; the <a href=\"" + entry
                    + "\">playlist</a> opens in any media player.</p></noscript>\n";
        }
        if (type.isVideo()) {
            return "<video id=\"player\" controls playsinline preload=\"metadata\" aria-label=\"" + title + "\"" + poster + " src=\""
                    + entry + "\"></video>\n";
        }
        if (type.isAudio()) {
            return "<audio id=\"player\" controls preload=\"metadata\" aria-label=\"" + title + "\" src=\"" + entry + "\"></audio>\n";
        }
        if (type.isImage()) {
            return "<img src=\"" + entry + "\" alt=\"" + title + "\">\n";
        }
        return "<div class=\"file\"><p>This is a file to download.</p><p class=\"name\">" + entry + "</p></div>\n";
    }

    private static String actions(Publication publication) {
        ContentTypes.Type type = ContentTypes.of(publication.entry());
        String entry = htmlEscape(publication.entry());
        return type.isPlaylist()
                ? "<p class=\"actions\"><a href=\"" + entry + "\">Open in a media player (HLS)</a></p>\n"
                : "<p class=\"actions\"><a class=\"primary\" href=\"" + entry + "\" download>Download</a></p>\n";
    }

    private String scripts(Publication publication) {
        ContentTypes.Type type = ContentTypes.of(publication.entry());
        if (!type.isPlaylist() && !type.isVideo() && !type.isAudio()) {
            return "";
        }
        String hls = type.isPlaylist() ? "<script src=\"" + files.address("hls.js") + "\" defer></script>\n" : "";
        return hls + "<script src=\"" + files.address("player.js") + "\" defer></script>\n";
    }

    private String preview(Publication publication, String title) {
        String card = "<meta property=\"og:title\" content=\"" + title + "\">\n";
        String poster = addresses.optionalFile(publication.assetId(), publication.poster());
        return poster == null || !poster.startsWith("http")
                ? card
                : card + "<meta property=\"og:image\" content=\"" + htmlEscape(poster) + "\">\n";
    }
}
