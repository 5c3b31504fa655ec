package io.sallyport.proxy.it.web;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Debian's Chromium, without a screen. */
final class Chromium implements AutoCloseable {
    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChromeDriver driver;

    Chromium(String base) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER);
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars");
        ChromeDriverService service =
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build();
        driver = new ChromeDriver(service, options);
        size(1280, 900);
        driver.get(base);
    }

    void go(String address) {
        driver.get(address);
    }

    static boolean installed() {
        return BROWSER.canExecute() && DRIVER.canExecute();
    }

    void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    void dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** The element, once it is there to be seen. */
    WebElement see(String css) {
        await().until(() -> driver.findElement(By.cssSelector(css)).isDisplayed());
        return driver.findElement(By.cssSelector(css));
    }

    /** Waits until the element shows this. */
    void see(String css, String text) {
        await().until(() -> driver.findElement(By.cssSelector(css)).getText().contains(text));
    }

    private static ConditionFactory await() {
        // Elements come and go while the page is drawn.
        return Awaitility.await().atMost(PATIENCE).ignoreExceptionsInstanceOf(WebDriverException.class);
    }

    void signIn(String user, String password) {
        see("#user").clear();
        see("#user").sendKeys(user);
        see("#password").sendKeys(password);
        see("#sign-in button").click();
    }

    Object run(String script) {
        return String.valueOf(driver.executeScript(script));
    }

    byte[] screenshot() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
