package io.mediasaga.orchestrator.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.opentest4j.TestAbortedException;

/** A person at a browser, as far as tests need one. */
public final class Browser implements AutoCloseable {

    private final ChromeDriver driver;
    private final String base;

    private Browser(ChromeDriver driver, String base) {
        this.driver = driver;
        this.base = base;
    }

    /** Skips the test loudly where this machine has no browser; MEDIASAGA_BROWSER=required makes that a failure. */
    public static Browser open(String base) {
        try {
            return open(BrowserFiles.find(), base);
        } catch (IllegalStateException none) {
            if ("required".equals(System.getenv("MEDIASAGA_BROWSER"))) {
                throw none;
            }
            System.err.println("SKIPPED: " + none.getMessage());
            throw new TestAbortedException(none.getMessage());
        }
    }

    private static Browser open(BrowserFiles files, String base) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(files.chromium().toString());
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--no-first-run", "--disable-background-networking", "--lang=en", "--window-size=1360,900");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(files.driver().toFile())
                .usingAnyFreePort()
                .withEnvironment(files.environment())
                .build();
        return new Browser(new ChromeDriver(service, options), base);
    }

    public Browser go(String path) {
        driver.get(base + path);
        return this;
    }

    public void signIn(String name, String token) {
        go("/");
        type("#name", name);
        type("#token", token);
        click(".sign-in button");
        await().until(() -> !path().contains("sign-in"));
    }

    /** The first element that is there and can be seen. */
    public WebElement see(String css) {
        return await().ignoreExceptionsInstanceOf(WebDriverException.class).until(
                () -> isLoaded()
                        ? driver.findElements(By.cssSelector(css)).stream().filter(WebElement::isDisplayed).findFirst().orElse(null)
                        : null,
                java.util.Objects::nonNull);
    }

    /** Whether the page and its scripts are there: before that nobody listens to keys. */
    private boolean isLoaded() {
        return "complete".equals(driver.executeScript("return document.readyState"));
    }

    /** What an attribute of such an element says; pages may be drawn again meanwhile. */
    public String attribute(String css, String name) {
        return await().ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> see(css).getDomAttribute(name), java.util.Objects::nonNull);
    }

    /** What stands in a field. */
    public String value(String css) {
        return await().ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> see(css).getDomProperty("value"), java.util.Objects::nonNull);
    }

    /** What such an element says. */
    public String text(String css) {
        return await().ignoreExceptionsInstanceOf(WebDriverException.class).until(() -> see(css).getText(), text -> true);
    }

    public List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** Waits until an element says something; pages may be drawn again meanwhile. */
    public void sees(String css, String text) {
        await().ignoreExceptionsInstanceOf(WebDriverException.class)
                .untilAsserted(() -> assertThat(see(css).getText()).contains(text));
    }

    public void click(String css) {
        await().ignoreExceptionsInstanceOf(WebDriverException.class).until(() -> {
            see(css).click();
            return true;
        });
    }

    public void type(String css, CharSequence... keys) {
        await().ignoreExceptionsInstanceOf(StaleElementReferenceException.class)
                .ignoreExceptionsInstanceOf(ElementNotInteractableException.class)
                .until(() -> {
                    see(css).sendKeys(keys);
                    return true;
                });
    }

    /** Presses keys wherever the focus is. */
    public void press(CharSequence... keys) {
        if (!isLoaded()) {
            await().ignoreExceptionsInstanceOf(WebDriverException.class).until(this::isLoaded);
        }
        driver.switchTo().activeElement().sendKeys(keys);
    }

    public String path() {
        String address = driver.getCurrentUrl();
        return address == null ? "" : address.substring(Math.min(address.length(), base.length()));
    }

    public Object script(String script) {
        return driver.executeScript(script);
    }

    /** Opens one more tab and goes there. */
    public void tab() {
        driver.switchTo().newWindow(WindowType.TAB);
    }

    /** Goes to a tab, counted from 0 in the order in which they were opened. */
    public void tab(int number) {
        driver.switchTo().window(List.copyOf(driver.getWindowHandles()).get(number));
    }

    /** Chooses a file in a field for files. */
    public void choose(String css, Path file) {
        driver.findElement(By.cssSelector(css)).sendKeys(file.toAbsolutePath().toString());
    }

    /** Lets the line carry so many bytes a second upwards; as many as it can for 0. */
    public void line(long bytesPerSecond) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of(
                        "offline", false, "latency", 0, "downloadThroughput", -1,
                        "uploadThroughput", bytesPerSecond == 0 ? -1 : bytesPerSecond));
    }

    /** Runs a script in a frame of the page. */
    public Object scriptIn(String frame, String script) {
        WebElement element = see(frame);
        driver.executeScript("arguments[0].scrollIntoView()", element);
        driver.switchTo().frame(element);
        try {
            return driver.executeScript(script);
        } finally {
            driver.switchTo().defaultContent();
        }
    }

    /** As the person's system is set. */
    public Browser prefers(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    /** Where the person is, as in {@code Asia/Tehran}; for pages that are opened from now on. */
    public Browser zone(String zone) {
        driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
        return this;
    }

    /** A screen of that size; a phone's below 500. */
    public Browser screen(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        return this;
    }

    /**
     * What the browser complained of since it was asked last: scripts that failed, what the policy forbids, missing files. That a
     * form was refused is none.
     */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains(" 422"))
                .toList();
    }

    /** A picture of what the person sees, as a PNG of few colours, which is a third as large. */
    public void picture(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Object data = driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png")).get("data");
            Files.write(file, FewColours.png(Base64.getDecoder().decode(String.valueOf(data))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
