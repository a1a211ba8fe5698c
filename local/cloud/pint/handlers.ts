import type { Handler } from "../cloud";
import type { Answer } from "../front/answer";
import { pintPrefix } from "./address";
import { changePage, changePagesPath } from "./changePages";
import { recordsOf, regions, states, type Register } from "./records";

/** Name of a collection, and what is in it. */
type Collection = readonly [name: string, items: readonly object[]];

/**
 * Answers as SUSE's public cloud information service does, for Amazon and in JSON: what it does not know by name is
 * a 404 without a body, and any other path a 400.
 * Source: pint_server/app.py of https://github.com/SUSE-Enceladus/public-cloud-info-service.
 */
const get: Handler = ({ path, headers }, { settings }) => {
    const wanted = path.slice(pintPrefix.length);
    return Promise.resolve(
        wanted.startsWith(changePagesPath)
            ? pageAt(wanted.slice(changePagesPath.length), settings.imagesOn)
            : recordsAt(
                  wanted.replace(/\.json$/, ""),
                  settings.imagesOn,
                  `http://${headers.host ?? "localhost"}`,
              ),
    );
};

export const pintHandlers: Readonly<Record<string, Handler>> = { GetPint: get };

function pageAt(path: string, day: string): Answer {
    const page = changePage(path, day);
    return page === undefined ? answer(404, "", "text/html") : answer(200, page, "text/html;charset=utf-8");
}

function recordsAt(path: string, day: string, endpoint: string): Answer {
    const found = collectionAt(path, { day, pages: `${endpoint}${pintPrefix}${changePagesPath}` });
    const [status, text] =
        typeof found === "number" ? [found, ""] : [200, JSON.stringify({ [found[0]]: found[1] })];
    return answer(status, text, "application/json;charset=utf-8");
}

function collectionAt(path: string, register: Register): Collection | number {
    const [version, ...words] = path.split("/").slice(1);
    if (version !== "v1") {
        return 400;
    }
    switch (words.join("/")) {
        case "providers":
            return ["providers", named(["amazon"])];
        case "images/states":
            return ["states", named(states)];
        case "amazon/regions":
            return ["regions", named(regions)];
        default:
            return imagesAt(words, register);
    }
}

/** `amazon[/<region>]/images[/<state>]`. */
function imagesAt([provider, ...words]: readonly string[], register: Register): Collection | number {
    const [region, category, state, more] = words[0] === "images" ? [undefined, ...words] : words;
    if (category !== "images" || more !== undefined) {
        return 400;
    }
    const known = (wanted: string | undefined, all: readonly string[]): boolean =>
        wanted === undefined || all.includes(wanted);
    if (provider !== "amazon" || !known(region, regions) || !known(state, states)) {
        return 404;
    }
    const images = (region === undefined ? regions : [region]).flatMap((one) => recordsOf(one, register));
    // Asked for no region and no state, pint leaves out what is deleted.
    const holds = (one: string | undefined): boolean =>
        state === undefined ? region !== undefined || one !== "deleted" : one === state;
    return ["images", images.filter((image) => holds(image["state"]))];
}

function named(names: readonly string[]): readonly object[] {
    return names.map((name) => ({ name }));
}

function answer(status: number, text: string, type: string): Answer {
    const body = Buffer.from(text, "utf8");
    return { status, headers: { "content-type": type, "content-length": body.length }, body };
}
