import { expect } from "chai";
import { execFileSync } from "node:child_process";

import {
    command,
    joinLines,
    line,
    renderLine,
    shellWord,
    startsWithCommand,
} from "../../../components/model/commandLine";

describe("A command to go on with", () => {
    it("is shown with the name of the program, and with -C where that was given", () => {
        const up = command("up", "alice", "--from", "dev");
        expect(renderLine(up)).to.equal("sles-ecs up alice --from dev");
        expect(renderLine(up, { projectDirectory: "." })).to.equal("sles-ecs -C . up alice --from dev");
        expect(renderLine(up, { projectDirectory: "/home/alice/my project" })).to.equal(
            "sles-ecs -C '/home/alice/my project' up alice --from dev",
        );
    });

    it("leaves out what is false or undefined, and takes words one by one or together", () => {
        const none: string | undefined = undefined;
        expect(renderLine(command("wait", none, false, ["--hosts", "1"], []))).to.equal(
            "sles-ecs wait --hosts 1",
        );
    });

    it("has its words in quotes where a shell needs them, but not what stands for something", () => {
        const words = command("up", { placeholder: "your name" }, "--set", "hosts.keyName=a b");
        expect(renderLine(words)).to.equal("sles-ecs up <your name> --set 'hosts.keyName=a b'");
    });

    it("comes out of a shell as the words that went in", () => {
        const words = ["it's", "~", "a=~/b", "a:~b", "$HOME", "a b", "", '"', "*", "-C", "ä", "name~ecs"];
        const script = `set -- ${words.map(shellWord).join(" ")}; printf '%s\\n' "$@"`;
        expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).to.equal(
            words.map((word) => `${word}\n`).join(""),
        );
        const assigned = `X=${shellWord("/bin:~/bin")}; printf '%s' "$X"`;
        expect(execFileSync("sh", ["-c", assigned], { encoding: "utf8" })).to.equal("/bin:~/bin");
    });
});

describe("A line for a person", () => {
    const list = command("list");

    it("keeps the commands in it, however it was put together", () => {
        const inner = line`${list}, or ${2} more`;
        const outer = joinLines(["first", line`then ${inner}`], "; ");
        expect(renderLine(outer)).to.equal("first; then sles-ecs list, or 2 more");
        expect(renderLine(outer, { projectDirectory: "/p" })).to.equal(
            "first; then sles-ecs -C /p list, or 2 more",
        );
    });

    it("is text where there is no command in it, whatever the text says", () => {
        expect(renderLine("sles-ecs list", { projectDirectory: "/p" })).to.equal("sles-ecs list");
    });

    it("tells whether it starts with a command", () => {
        expect([list, line`${list}, without --port`].map(startsWithCommand)).to.deep.equal([true, true]);
        expect(["sles-ecs list", line`first ${list}`, ""].map(startsWithCommand)).to.deep.equal([
            false,
            false,
            false,
        ]);
    });
});
