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

/** Of the OCI distribution specification: names of repositories, tags and digests. */
const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const repositoryPath = new RegExp(`^${component}(?:/${component})*$`);
export const tagPattern = /^\w[\w.-]{0,127}$/;
export const digestPattern = /^sha256:[a-f0-9]{64}$/;

const dockerHub = "docker.io";

/** Reads the name of an image; the text that says what is expected where it is none. */
export function readImageReference(text: string): ImageReference | string {
    const expected = "the name of an image, such as registry.suse.com/bci/bci-base:15.7";
    const [named = "", digest, ...more] = text.split("@");
    const { registry, rest } = splitRegistry(named);
    const [path = "", tag, ...tags] = rest.split(":");
    const isWrong =
        more.length + tags.length > 0 ||
        !repositoryPath.test(path) ||
        (tag !== undefined && !tagPattern.test(tag)) ||
        (digest !== undefined && !digestPattern.test(digest));
    if (isWrong) {
        return expected;
    }
    const library = registry === dockerHub && !path.includes("/") ? "library/" : "";
    return {
        registry,
        path: `${library}${path}`,
        ...(tag !== undefined ? { tag } : digest === undefined ? { tag: "latest" } : {}),
        ...(digest !== undefined && { digest }),
    };
}

/** What stands before the first slash is a registry where it has a dot or a port, or is `localhost`, as docker reads it. */
function splitRegistry(text: string): { readonly registry: string; readonly rest: string } {
    const slash = text.indexOf("/");
    const first = slash === -1 ? "" : text.slice(0, slash);
    if (!/[.:]/.test(first) && first !== "localhost") {
        return { registry: dockerHub, rest: text };
    }
    const registry = /^(index\.|registry-1\.)?docker\.io$/.test(first) ? dockerHub : first;
    return { registry, rest: text.slice(slash + 1) };
}

/** As a person would write it. */
export function showReference({ registry, path, tag, digest }: ImageReference): string {
    return `${registry}/${path}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}
