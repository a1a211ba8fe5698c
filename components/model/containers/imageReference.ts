/** A container image by its name, as docker and the OCI distribution specification write it. */
export interface ImageReference {
    /** Such as `registry.suse.com`, or `docker.io` where none is named. */
    readonly registry: string;
    /** Such as `bci/bci-base`. */
    readonly path: string;
    /** Missing where it is named by its digest alone. @default latest */
    readonly tag?: string;
    /** Such as `sha256:…`. */
    readonly digest?: string;
}

/** The grammar that docker reads names by: https://pkg.go.dev/github.com/distribution/reference */
const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const repositoryPath = new RegExp(`^${component}(?:/${component})*$`);
const domainPart = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
const domain = new RegExp(`^(?:${domainPart}(?:\\.${domainPart})*|\\[[A-Fa-f0-9:]+\\])(?::[0-9]+)?$`);
const longestPath = 255;
/** Taken for the identifier of an image that is there already, not for its name. */
const identifier = /^[a-f0-9]{64}$/;
export const tagPattern = /^\w[\w.-]{0,127}$/;
/** Of the algorithms that a digest may be of, the one that registries give. */
export const digestPattern = /^sha256:[a-f0-9]{64}$/;

const dockerHub = "docker.io";

const expected = "the name of an image, such as registry.suse.com/bci/bci-base:15.7";

/** What people get wrong most, the more special first. */
const usualMistakes: readonly (readonly [pattern: RegExp, rule: string])[] = [
    [/^[a-z]+:\/\//i, "with nothing like https:// before it"],
    [/\s/, "without blanks"],
    [/@(?!sha256:[a-f0-9]{64}$)/, "with sha256: and 64 digits of 0 to 9 and a to f as its digest"],
    [/:$/, "with a tag after its last colon"],
];

/** Reads the name of an image; the text that says what is expected where it is none. */
export function readImageReference(text: string): ImageReference | string {
    const [named = "", digest, ...more] = text.split("@");
    const { registry, rest } = splitRegistry(named);
    const [name = "", tag, ...tags] = rest.split(":");
    const path = registry === dockerHub && !name.includes("/") ? `library/${name}` : name;
    const isWrong =
        more.length + tags.length > 0 ||
        identifier.test(text) ||
        !domain.test(registry) ||
        !repositoryPath.test(path) ||
        path.length > longestPath ||
        (tag !== undefined && !tagPattern.test(tag)) ||
        (digest !== undefined && !digestPattern.test(digest));
    if (isWrong) {
        const [, rule = isOnlyOfCapitals(path) ? "with its path in lower case" : undefined] =
            usualMistakes.find(([pattern]) => pattern.test(text)) ?? [];
        return rule === undefined ? expected : `${expected}, ${rule}`;
    }
    return {
        ...{ registry, path },
        ...(tag !== undefined ? { tag } : digest === undefined ? { tag: "latest" } : {}),
        ...(digest !== undefined && { digest }),
    };
}

function isOnlyOfCapitals(path: string): boolean {
    return !repositoryPath.test(path) && repositoryPath.test(path.toLowerCase());
}

/**
 * What stands before the first slash is a registry where it has a dot, a port or a capital letter, or is `localhost`: no part of
 * a path on Docker Hub is like that (splitDockerDomain in
 * https://github.com/distribution/reference/blob/main/normalize.go).
 */
function splitRegistry(text: string): { readonly registry: string; readonly rest: string } {
    const slash = text.indexOf("/");
    const first = slash === -1 ? "" : text.slice(0, slash);
    if (!/[.:A-Z]/.test(first) && first !== "localhost") {
        return { registry: dockerHub, rest: text };
    }
    return { registry: first === "index.docker.io" ? dockerHub : first, rest: text.slice(slash + 1) };
}

/** As a person would write it. */
export function showReference({ registry, path, tag, digest }: ImageReference): string {
    return `${registry}/${path}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}
