import { expect } from "chai";
import fc from "fast-check";

import { readImageReference, showReference } from "../../../../components/model/containers/imageReference";
import { isProblems, readServiceRequest } from "../../../../components/model/services/serviceRequest";

/** By the grammar and the rules of https://pkg.go.dev/github.com/distribution/reference */
describe("the name of an image", () => {
    const digest = `sha256:${"a".repeat(64)}`;
    for (const [text, read] of [
        ["busybox", "docker.io/library/busybox:latest"],
        ["a/b/c", "docker.io/a/b/c:latest"],
        ["index.docker.io/me/web:1", "docker.io/me/web:1"],
        ["docker.io/web", "docker.io/library/web:latest"],
        ["registry.suse.com/bci/bci-base:15.7", "registry.suse.com/bci/bci-base:15.7"],
        ["localhost/x", "localhost/x:latest"],
        ["localhost:5000/x", "localhost:5000/x:latest"],
        ["Host/x", "Host/x:latest"],
        ["host:80/x:80", "host:80/x:80"],
        ["10.0.0.1:5000/x", "10.0.0.1:5000/x:latest"],
        ["[2001:db8::1]/x", "[2001:db8::1]/x:latest"],
        ["[::1]:5000/x/y:1", "[::1]:5000/x/y:1"],
        ["a__b/c---d/e.f_g", "docker.io/a__b/c---d/e.f_g:latest"],
        [`quay.io/a/b@${digest}`, `quay.io/a/b@${digest}`],
        [`quay.io/a/b:1@${digest}`, `quay.io/a/b:1@${digest}`],
        ["a".repeat(63), `docker.io/library/${"a".repeat(63)}:latest`],
        [`quay.io/${"a".repeat(255)}`, `quay.io/${"a".repeat(255)}:latest`],
        [`web:${"t".repeat(128)}`, `docker.io/library/web:${"t".repeat(128)}`],
    ] as const) {
        it(`${text} is read as docker reads it`, () => {
            const reference = readImageReference(text);
            expect(typeof reference === "string" ? reference : showReference(reference)).to.equal(read);
        });
    }

    for (const text of [
        ...["", "Web", "a b", "x:1:2", "web:", "web:.x", "/web", "web/", "a//b", "http://web", "web\n"],
        ...[
            "a..b",
            "a___b",
            "-a",
            "a-",
            "x/Web",
            "registry.suse.com/",
            "web@sha256:12",
            `web@${digest}@${digest}`,
        ],
        ...[
            "-host.example/x",
            "host-.example/x",
            "host..example/x",
            "ho_st.example/x",
            "host:/x",
            "host:a/x",
        ],
        ...["[::1/x", "::1/x", "[fe80::1%25eth0]/x", "[]/x", ":5000/x", "./x", "a".repeat(64)],
        ...[`quay.io/${"a".repeat(256)}`, `web:${"t".repeat(129)}`, `web@sha256:${"A".repeat(64)}`],
    ]) {
        it(`${JSON.stringify(text)} is none`, () => expect(readImageReference(text)).to.be.a("string"));
    }

    for (const [text, rule] of [
        ["https://quay.io/a/b", "with nothing like https:// before it"],
        [" web", "without blanks"],
        ["quay.io/a/b@sha256:12", "with sha256: and 64 digits of 0 to 9 and a to f as its digest"],
        ["web:", "with a tag after its last colon"],
        ["registry.suse.com/BCI/base:1", "with its path in lower case"],
        ["Web", "with its path in lower case"],
    ] as const) {
        it(`of ${JSON.stringify(text)} it is said that it is expected ${rule}`, () => {
            expect(readImageReference(text))
                .to.match(/^the name of an image, such as /)
                .and.contain(rule);
        });
    }

    it("of what is wrong in another way no rule is told", () => {
        expect(readImageReference("a..b")).to.equal(
            "the name of an image, such as registry.suse.com/bci/bci-base:15.7",
        );
    });

    const anyMark = fc.constantFrom("a", "B", "0", ".", "_", "-", ":", "/", "@", "[", "]");
    const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const part = fc
        .tuple(word, fc.array(fc.tuple(fc.constantFrom(".", "_", "__", "-", "--"), word), { maxLength: 2 }))
        .map(([first, more]) => first + more.flat().join(""));
    const host = fc.oneof(
        fc.constantFrom("localhost", "Host", "[::1]", "[2001:DB8::7]", "127.0.0.1"),
        fc.tuple(word, word).map((words) => words.join(".")),
    );
    const registry = fc
        .tuple(host, fc.option(fc.integer({ min: 1, max: 65_535 })))
        .map(([name, port]) => (port === null ? name : `${name}:${port}`));
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
    const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/);
    const someDigest = fc.stringMatching(/^[a-f0-9]{64}$/).map((hex) => `sha256:${hex}`);

    it("is read back from its parts, whatever these are", () => {
        fc.assert(
            fc.property(registry, path, tag, fc.option(someDigest), (at, name, called, proof) => {
                const text = `${at}/${name}:${called}${proof === null ? "" : `@${proof}`}`;
                const read = readImageReference(text);
                expect(read).to.deep.equal({
                    ...{ registry: at, path: name, tag: called },
                    ...(proof !== null && { digest: proof }),
                });
            }),
        );
    });

    it("says the same once it is written out, whatever was given", () => {
        const given = fc.oneof(
            fc.string({ unit: anyMark }),
            fc.tuple(registry, path).map((parts) => parts.join("/")),
            path,
        );
        fc.assert(
            fc.property(given, (text) => {
                const read = readImageReference(text);
                if (typeof read !== "string") {
                    expect(readImageReference(showReference(read))).to.deep.equal(read);
                }
            }),
        );
    });

    it("is the same for services", () => {
        const service = { name: "web", sample: false, cpuUnits: 256, memoryMiB: 256, env: [], secrets: [] };
        const rest = { openGroups: [], command: [], isPublic: false, internalOnly: false };
        const given = fc.oneof(fc.string({ unit: anyMark, minLength: 1 }), path);
        fc.assert(
            fc.property(given, (image) => {
                const isRefused = isProblems(readServiceRequest({ ...service, ...rest, image }));
                expect(isRefused).to.equal(typeof readImageReference(image) === "string");
            }),
        );
    });
});
