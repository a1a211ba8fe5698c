import type { Handler } from "../cloud";
import type { Answer } from "../front/answer";
import { pintPrefix } from "./address";
import { recordsOf, regions, states } from "./records";

/** Name of a collection, and what is in it. */
type Collection = readonly [name: string, items: readonly object[]];

/**
 * Answers as SUSE's public cloud information service does, for Amazon and in JSON: what it does not know by name is
 * a 404 without a body, and any other path a 400.
 * Source: pint_server/app.py of https://github.com/SUSE-Enceladus/public-cloud-info-service.
 */
const get: Handler = ({ path }, { settings }) => {
    const found = collectionAt(path.slice(pintPrefix.length).replace(/\.json$/, ""), settings.imagesOn);
    if (typeof found === "number") {
        return Promise.resolve(toAnswer(found, ""));
    }
    const [name, items] = found;
    return Promise.resolve(toAnswer(200, JSON.stringify({ [name]: items })));
};

export const pintHandlers: Readonly<Record<string, Handler>> = { GetPint: get };

function collectionAt(path: string, day: string): Collection | number {
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
            return imagesAt(words, day);
    }
}

/** `amazon[/<region>]/images[/<state>]`. */
function imagesAt([provider, ...words]: readonly string[], day: string): Collection | number {
    const [region, category, state, more] = words[0] === "images" ? [undefined, ...words] : words;
    if (category !== "images" || more !== undefined) {
        return 400;
    }
    const known = (wanted: string | undefined, all: readonly string[]): boolean =>
        wanted === undefined || all.includes(wanted);
    if (provider !== "amazon" || !known(region, regions) || !known(state, states)) {
        return 404;
    }
    const images = (region === undefined ? regions : [region]).flatMap((one) => recordsOf(one, day));
    // Asked for no region and no state, pint leaves out what is deleted.
    const holds = (one: string | undefined): boolean =>
        state === undefined ? region !== undefined || one !== "deleted" : one === state;
    return ["images", images.filter((image) => holds(image["state"]))];
}

function named(names: readonly string[]): readonly object[] {
    return names.map((name) => ({ name }));
}

function toAnswer(status: number, text: string): Answer {
    const body = Buffer.from(text, "utf8");
    return {
        status,
        headers: { "content-type": "application/json;charset=utf-8", "content-length": body.length },
        body,
    };
}
