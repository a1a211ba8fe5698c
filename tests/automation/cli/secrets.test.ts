import { expect } from "chai";

import { reportError } from "../../../automation/cli/reportError";
import { AppError } from "../../../automation/errors/appError";
import { parseSettings } from "../../../components/model/settings";
import { recordIo } from "../../helpers/io";
import { makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";

describe("a password in an address", () => {
    afterEach(removeFolders);

    for (const [given, shown] of [
        ["http://ann:s3cret@proxy:3128", "http://***@proxy:3128"],
        ["ann:s3cret@proxy:3128", "***@proxy:3128"],
        ["http://ann:s3/cr@et s3cret@proxy:3128", "http://***@proxy:3128"],
    ] as const) {
        it(`is not in the refusal of a setting: ${given}`, async () => {
            const { problems } = parseSettings({ agent: { httpProxy: given } }, "dev");
            expect(problems[0]?.message).to.contain(`got "${shown}", expected host:port of an HTTP proxy`);
            const file = `config:\n    sles-ecs:agent: { httpProxy: ${JSON.stringify(given)} }\n`;
            for (const argv of [
                ["preview", "dev"],
                ["preview", "dev", "-o", "json"],
                ["up", "alice", "--from", "dev", "--set", `agent.httpProxy=${given}`],
            ]) {
                const directory = makeProject({ "Pulumi.dev.yaml": file });
                const { context, exitCode } = await play(argv, { directory });
                expect(exitCode).to.equal(2);
                const said = `${context.io.err()}${context.io.out()}`;
                expect(said).to.contain("agent.httpProxy").and.not.contain("s3");
            }
        });
    }

    it("is not in what others say, nor in the command to go on with", () => {
        const error = new AppError("BACKEND_UNREACHABLE", {
            message: "cannot reach postgres://ann:s3cret@db:5432/states",
            details: ["proxyconnect tcp: dial http://ann:s3cret@proxy:3128: refused"],
            hint: "export PULUMI_BACKEND_URL=https://ann:s3cret@backend/",
        });
        for (const json of [false, true]) {
            const io = recordIo();
            const options = { debug: false, json, projectDirectory: undefined };
            reportError(error, { io, env: {}, signal: new AbortController().signal }, options);
            expect(io.err()).to.contain("http://***@proxy:3128").and.not.contain("s3cret");
        }
    });

    it("is none where an address has a port or a path with an @ alone", () => {
        const io = recordIo();
        const error = new AppError("BACKEND_UNREACHABLE", {
            message: "cannot reach https://db:5432/a@b, arn:aws:iam::123456789012:user/ann@example.com",
        });
        reportError(
            error,
            { io, env: {}, signal: new AbortController().signal },
            { debug: false, json: false, projectDirectory: undefined },
        );
        expect(io.err()).to.contain("https://db:5432/a@b, arn:aws:iam::123456789012:user/ann@example.com");
    });
});
