import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";

import { prepareRegistry } from "../../../automation/setup";
import { Sandbox } from "./sandbox";

/** A Go that "builds" a file; its `get` may fail. */
const fakeGo = (get = "exit 0"): string => `
case "$1" in
    env) echo go1.26.8 ;;
    get) ${get} ;;
    build)
        while [ "$1" != -o ]; do shift; done
        mkdir -p "\${2%/*}"
        echo '#!/bin/sh' > "$2"
        /bin/chmod +x "$2"
        ;;
esac`;

describe("Set-up of the registry for images", () => {
    let sandbox: Sandbox;
    let folder: string;
    beforeEach(() => {
        sandbox = new Sandbox();
        folder = path.join(sandbox.cache, "registry-3.1.2");
    });
    afterEach(() => {
        sandbox.remove();
    });
    const built = () => sandbox.calls.filter((call) => call.startsWith("go build"));

    for (const name of ["docker-registry", "registry"]) {
        it(`builds nothing where ${name} is installed`, async () => {
            sandbox.program(name, "");
            sandbox.program("go", fakeGo());
            expect(await prepareRegistry(sandbox.setup())).to.equal(undefined);
            expect(sandbox.calls.filter((call) => call.startsWith("go"))).to.deep.equal([]);
        });
    }

    it("builds it from its Go module once, and finds it there ever after", async () => {
        sandbox.program("go", fakeGo());
        const command = path.join(folder, "bin", "registry");
        expect(await prepareRegistry(sandbox.setup())).to.equal(command);
        expect(existsSync(command)).to.equal(true);
        expect(sandbox.calls).to.include(
            "go get -tool github.com/distribution/distribution/v3/cmd/registry@v3.1.2",
        );
        expect(existsSync(path.join(folder, "build"))).to.equal(false);
        expect(await prepareRegistry(sandbox.setup())).to.equal(command);
        expect(built()).to.have.length(1);
    });

    it("does without where there is no Go", async () => {
        expect(await prepareRegistry(sandbox.setup())).to.equal(undefined);
        expect(sandbox.reported).to.deep.equal([]);
    });

    for (const [what, go, reason] of [
        ["is too old", "echo go1.20.1", "is version 1.20.1, expected 1.21 or newer"],
        ["cannot fetch modules", fakeGo("echo no route to the proxy >&2; exit 1"), "go get failed"],
    ] as const) {
        it(`does without where Go ${what}, says so, and leaves nothing that looks whole`, async () => {
            sandbox.program("go", go);
            expect(await prepareRegistry(sandbox.setup())).to.equal(undefined);
            expect(sandbox.reported.at(-1)).to.contain("no registry for images").and.to.contain(reason);
            expect(existsSync(folder)).to.equal(false);
            expect(existsSync(`${folder}.partial`)).to.equal(false);
        });
    }

    it("begins anew after a build that was killed", async () => {
        mkdirSync(path.join(`${folder}.partial`, "bin"), { recursive: true });
        sandbox.program("go", fakeGo());
        expect(await prepareRegistry(sandbox.setup())).to.equal(path.join(folder, "bin", "registry"));
        expect(existsSync(`${folder}.partial`)).to.equal(false);
    });
});
