// Takes docs/picture.png: the page of `sles-ecs status --html` as chromium shows it, of an environment of the tests.
import { writeFile } from "node:fs/promises";
import path from "node:path";

import { chromium } from "playwright-core";

import { renderPicture } from "../../automation/picture/page";
import { pictureOf } from "../../tests/helpers/pictureFacts";

const file = path.join(__dirname, "..", "..", "docs", "picture.png");

async function main(): Promise<void> {
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", chromiumSandbox: false });
    try {
        const page = await browser.newPage({ viewport: { width: 1060, height: 800 }, colorScheme: "light" });
        await page.setContent(renderPicture(pictureOf(2)));
        // What every environment has folds, so that the picture is small.
        await page.evaluate(
            `[...document.querySelectorAll(".gantt details")].slice(0, 3).forEach((one) => { one.open = false; })`,
        );
        await writeFile(file, await page.screenshot({ fullPage: true }));
        process.stdout.write("docs/picture.png written\n");
    } finally {
        await browser.close();
    }
}

void main();
