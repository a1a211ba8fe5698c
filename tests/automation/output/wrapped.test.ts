import { expect } from "chai";

import { wrappedLines } from "../../../automation/output/wrapped";

describe("lines of a terminal", () => {
    for (const [what, text, expected] of [
        ["stay as they are where they fit", "costs: 12\n  of it: 34\n", "costs: 12\n  of it: 34\n"],
        ["break between words", "the image is ami-0123456789", "the image is\nami-0123456789"],
        ["go on below their beginning", "  one two three four five", "  one two three four\n  five"],
        [
            "go on below their second column",
            "  host  one two three four",
            "  host  one two\n        three four",
        ],
        [
            "do not count what is a colour",
            "\u001B[1m12345\u001B[22m \u001B[1m12345\u001B[22m 12345678",
            "\u001B[1m12345\u001B[22m \u001B[1m12345\u001B[22m 12345678",
        ],
        [
            "that tell what to type next stay whole",
            "Next: sles-ecs status alice",
            "Next: sles-ecs status alice",
        ],
        [
            "of JSON stay whole",
            '{"error":{"message":"one two three"}}',
            '{"error":{"message":"one two three"}}',
        ],
        ["for a shell stay whole", "export A='one two three'", "export A='one two three'"],
        [
            "that hold a command stay whole",
            "  undo it: sles-ecs service deploy dev --image nginx:1.27",
            "  undo it: sles-ecs service deploy dev --image nginx:1.27",
        ],
        [
            "that only name a program break",
            "a defect of sles-ecs: it ended",
            "a defect of\nsles-ecs: it ended",
        ],
        ["keep a word that fits no line", "arn:aws:ecs:us-east-1:1:a", "arn:aws:ecs:us-east-1:1:a"],
    ] as const) {
        it(what, () => {
            expect(wrappedLines(text, 20)).to.equal(expected);
        });
    }
});
