import { chromium } from "playwright-core";

import { renderPicture } from "../../automation/picture/page";
import { pictureOf } from "../../tests/helpers/pictureFacts";

/** The page of `sles-ecs status --html` as chromium shows it, of an environment of the tests; PNG. */
export async function takePage(): Promise<Uint8Array> {
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", chromiumSandbox: false });
    try {
        const page = await browser.newPage({ viewport: { width: 1060, height: 800 }, colorScheme: "light" });
        await page.setContent(renderPicture(pictureOf(2)));
        // What every environment has folds, so that the picture is small.
        await page.evaluate(
            `[...document.querySelectorAll(".gantt details")].slice(0, 3).forEach((one) => { one.open = false; })`,
        );
        return await page.screenshot({ fullPage: true });
    } finally {
        await browser.close();
    }
}
