import { expect } from "chai";

import { readPackagePage } from "../../../../components/model/images/readPackagePage";

const kernel = "kernel-default";
const older = "6.4.0-150700.53.9.1";
const newer = "6.4.0-150700.53.16.1";

describe("a page on the packages of an image that changed", () => {
    const forms: Readonly<Record<string, string>> = {
        "a table, the old version first": `<tr><th>Package</th><th>Old</th><th>New</th></tr><tr><td>${kernel}</td><td>${older}</td><td>${newer}</td></tr>`,
        "a table, the new version first": `<table><tr><td>${kernel}<td>${newer}<td>${older}</table>`,
        "a table with an architecture": `<tr><td><a href="x">${kernel}</a></td><td>x86_64</td><td>${older}</td><td>${newer}</td></tr>`,
        "a list with arrows": `<ul><li>${kernel}: ${older} -&gt; ${newer}</li></ul>`,
        "a list with words": `<ul><li><b>${kernel}</b> from ${older} to ${newer}</li></ul>`,
        "a list with line breaks inside": `<li>${kernel}\n   (${older}\n   →\n   ${newer})</li>`,
        "plain text": `<pre>\nPackages\n${kernel} ${older} ${newer}\n</pre>`,
        "plain text with line breaks": `<p>Packages<br>${kernel} | ${older} | ${newer}<br/></p>`,
        "whole names of files": `<li>${kernel}-${older}.x86_64 -> ${kernel}-${newer}.x86_64.rpm</li>`,
    };
    for (const [form, html] of Object.entries(forms)) {
        it(`is read as ${form}`, () => {
            expect(readPackagePage(html)).to.deep.equal([{ name: kernel, from: older, to: newer }]);
        });
    }

    it("may tell the version in the image alone", () => {
        const html = `<table><tr><td>${kernel}</td><td>${newer}</td></tr><tr><td>docker-28.3.3_ce-150000.230.1.x86_64</td></tr></table>`;
        expect(readPackagePage(html)).to.deep.equal([
            { name: kernel, to: newer },
            { name: "docker", to: "28.3.3_ce-150000.230.1" },
        ]);
    });

    it("tells names with figures in them from versions", () => {
        const html =
            "<pre>libopenssl-1_1-devel-1.1.1w-150600.5.3.x86_64\npython3-ec2metadata-5.0.0-150000.3.1.noarch\n</pre>";
        expect(readPackagePage(html)).to.deep.equal([
            { name: "libopenssl-1_1-devel", to: "1.1.1w-150600.5.3" },
            { name: "python3-ec2metadata", to: "5.0.0-150000.3.1" },
        ]);
    });

    const silent: Readonly<Record<string, string>> = {
        nothing: "",
        "no package":
            "<html><head><title>docker 1.2</title></head><body><h1>Package version changes</h1></body></html>",
        "prose that names versions": `<p>${kernel} ${newer} fixes what ${older} broke</p>`,
        "a package without a version": `<li>${kernel}</li>`,
        "a package with three versions": `<li>${kernel} ${older} ${newer} 7.0</li>`,
        "a version that stays": `<li>${kernel} ${older} ${older}</li>`,
        JSON: `{"docker": "28.3.3"}`,
        "a program": `<script>docker 28.3.3</script>`,
        binary: String.fromCharCode(0, 255, 60, 60, 47, 62, 38, 35),
    };
    for (const [what, html] of Object.entries(silent)) {
        it(`says nothing with ${what}`, () => {
            expect(readPackagePage(html)).to.equal(undefined);
        });
    }

    it("says nothing of a package of which it says two things, and once what it says twice", () => {
        const html = `<pre>${kernel} ${older}\n${kernel} ${newer}\ndocker 1.2-3\ndocker 1.2-3</pre>`;
        expect(readPackagePage(html)).to.deep.equal([{ name: "docker", to: "1.2-3" }]);
    });
});
