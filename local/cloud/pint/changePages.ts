import { suseImages, type CatalogueImage } from "../images/catalogue";

/** Below pint's own path; SUSE has them on a server of their own. */
export const changePagesPath = "/changeinfo/amazon";

/**
 * The page at an address below `changePagesPath`, as HTML; undefined where there is none.
 * Which pages there are is as SUSE says (https://www.suse.com/c/public-cloud-image-change-information/); their form and
 * the versions in them are made up.
 */
export function changePage(path: string, day: string): string | undefined {
    const [, name, page = ""] = /^\/([^/]+)\/([^/]*)$/.exec(path) ?? [];
    const images = suseImages(day);
    const image = images.find((one) => one.name === name);
    const before = images.find(({ replacement }) => replacement?.name === name);
    if (image === undefined || before === undefined) {
        return undefined;
    }
    switch (page) {
        case "":
            return html(image, `<ul><li><a href="${packages}">Package version changes</a></li></ul>`);
        case packages:
            return html(image, packageTable(before, image));
        default:
            return undefined;
    }
}

const packages = "package_version_changes.html";

function html({ name }: CatalogueImage, body: string): string {
    return `<!DOCTYPE html><html><head><title>${name}</title></head><body><h1>${name}</h1>${body}</body></html>\n`;
}

function packageTable(before: CatalogueImage, image: CatalogueImage): string {
    const [older, newer] = [versionsIn(before), versionsIn(image)];
    const rows = Object.entries(newer).map(
        ([name, version]) => `<tr><td>${name}</td><td>${older[name] ?? ""}</td><td>${version}</td></tr>`,
    );
    return `<table><tr><th>Package</th><th>Before</th><th>Now</th></tr>${rows.join("")}</table>`;
}

/** Made of the month in which an image is published, so that every release has versions of its own. */
function versionsIn({ publishedOn }: CatalogueImage): Readonly<Record<string, string>> {
    const months = 12 * (Number(publishedOn.slice(0, 4)) - 2020) + Number(publishedOn.slice(4, 6));
    return {
        "amazon-ecs-init": `1.${months}.0-150000.1.${months}.1`,
        bash: `5.2.${months}-150700.2.1`,
        docker: `28.${months}.0_ce-150000.${months}.1`,
        "kernel-default": `6.4.0-150700.53.${months}.1`,
    };
}
