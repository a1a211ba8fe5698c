import type { Handler } from "../cloud";
import { pintPrefix } from "../front/apiRequest";
import { textResponse } from "../front/apiResponse";
import type { ApiResponse } from "../front/apiResponse";
import { changePage, changePagesPath } from "./changePages";
import { recordsOf, regions, states, type Register } from "./records";
import { serversOf, serverTypes } from "./servers";

/** Name of a collection, and what is in it. */
type Collection = readonly [name: string, items: readonly object[]];

/**
 * Answers as SUSE's public cloud information service does, for Amazon and in JSON: what it does not know by name is
 * a 404 without a body, and any other path a 400.
 * Source: pint_server/app.py of https://github.com/SUSE-Enceladus/public-cloud-info-service.
 */
export const getPint: Handler = ({ path, headers }, { settings }) => {
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

function pageAt(path: string, day: string): ApiResponse {
    const page = changePage(path, day);
    return page === undefined
        ? textResponse("text/html", "", 404)
        : textResponse("text/html;charset=utf-8", page);
}

function recordsAt(path: string, day: string, endpoint: string): ApiResponse {
    const found = collectionAt(path, { day, pages: `${endpoint}${pintPrefix}${changePagesPath}` });
    const [status, text] =
        typeof found === "number" ? [found, ""] : [200, JSON.stringify({ [found[0]]: found[1] })];
    return textResponse("application/json;charset=utf-8", text, status);
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
            return recordsIn(words, register);
    }
}

/** `amazon[/<region>]/images[/<state>]`, or the same of servers and their types. */
function recordsIn(words: readonly string[], register: Register): Collection | number {
    return words.join("/") === "amazon/servers/types"
        ? ["types", named(serverTypes)]
        : words.slice(1, 3).includes("servers")
          ? serversAt(words)
          : imagesAt(words, register);
}

function serversAt([provider, ...words]: readonly string[]): Collection | number {
    const [region, , type, more] = words[0] === "servers" ? [undefined, ...words] : words;
    if (more !== undefined) {
        return 400;
    }
    const isKnown = provider === "amazon" && (region === undefined || regions.includes(region));
    const servers = isKnown ? serversOf(region, type) : undefined;
    return servers === undefined ? 404 : ["servers", servers];
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
