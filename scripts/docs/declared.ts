import ts from "typescript";

import { readDefault } from "../../components/model/settings";
import { referenceTo, type PackageProperty, type PackageType } from "./packageTypes";

/** A member of an interface, as a property of a Pulumi package. */
export interface Member {
    readonly name: string;
    readonly isOptional: boolean;
    readonly property: PackageProperty;
}

/** What an interface of a file declares, but for its members that are `@internal`. */
export function declared(code: string, name: string): readonly Member[] {
    const source = ts.createSourceFile(name, code, ts.ScriptTarget.ES2022, true);
    const found = source.statements.find(
        (one): one is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(one) && one.name.text === name,
    );
    return (found?.members.filter(ts.isPropertySignature) ?? [])
        .filter((member) => tag(member, "internal") === undefined)
        .map((member) => ({
            name: member.name.getText(),
            isOptional: member.questionToken !== undefined,
            property: { ...typeOf(member.type), description: describe(member) },
        }));
}

function describe(member: ts.PropertySignature): string | undefined {
    const [comment] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
    const meaning = comment && oneLine(comment.comment);
    const otherwise = tag(member, "default");
    return otherwise === undefined ? meaning : `${meaning ?? ""} Default: ${readDefault(otherwise).text}.`;
}

function tag(member: ts.PropertySignature, name: string): string | undefined {
    const found = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === name);
    return found && oneLine(found.comment);
}

function oneLine(comment: ts.JSDocTag["comment"]): string {
    return (ts.getTextOfJSDocComment(comment) ?? "").replace(/\s+/g, " ").trim();
}

function typeOf(type: ts.TypeNode | undefined): PackageType {
    if (type === undefined) {
        throw new Error("a member has no type");
    }
    if (type.kind === ts.SyntaxKind.StringKeyword || isWords(type)) {
        return { type: "string" };
    }
    if (ts.isTypeOperatorNode(type)) {
        return typeOf(type.type);
    }
    if (ts.isArrayTypeNode(type)) {
        return { type: "array", items: typeOf(type.elementType) };
    }
    if (ts.isTypeReferenceNode(type)) {
        const [first, second] = type.typeArguments ?? [];
        switch (type.typeName.getText()) {
            case "pulumi.Output":
            case "Readonly":
                return typeOf(first);
            case "Record":
                return { type: "object", additionalProperties: typeOf(second) };
            case "SettingsInputs":
                return referenceTo("Settings");
        }
    }
    throw new Error(`a member has a type that is not known here: ${type.getText()}`);
}

function isWords(type: ts.TypeNode): boolean {
    return (
        ts.isUnionTypeNode(type) &&
        type.types.every((one) => ts.isLiteralTypeNode(one) && ts.isStringLiteral(one.literal))
    );
}
