/**
 * The part of moto's server that lets it keep pace with a thousand hosts; what it answers stays the same. moto finds out
 * anew at every request what does not change while it runs, and holds its one lock meanwhile:
 *
 * - which services it has, by looking through its folders
 * - which methods a service has, by looking through its class
 * - which instances there are, by copying all of them to find one
 * - by which names a member of an answer may be found in an object, once for every member of every object
 *
 * And EC2's answers are written as XML without a parser's help, which took as long as all the rest of them.
 */
export const motoPace = `
from xml.sax.saxutils import escape, quoteattr

import moto.core.responses as core_responses
import moto.core.serialize as serialize
from moto import backends
from moto.moto_server.werkzeug_app import DomainDispatcherApplication

services = tuple(backends.list_of_moto_modules())
backends.list_of_moto_modules = lambda: services

DomainDispatcherApplication.get_backend_for_host = functools.cache(DomainDispatcherApplication.get_backend_for_host)
motos_method_names = core_responses.method_names_from_class
core_responses.method_names_from_class = functools.cache(lambda clazz: frozenset(motos_method_names(clazz)))

possible_keys = {}
transformed = {}

def is_transformed(picker, key):
    transformers = picker.response_transformers
    # They belong to classes, which stay, and more may come.
    known = (id(transformers), len(transformers), key)
    if known not in transformed:
        transformed[known] = any(key.endswith(path.rsplit(".", 1)[-1]) for path in transformers)
    return transformed[known]

def get_value(self, value, key, shape):
    picker = self._value_picker
    if type(picker) is not serialize.XFormedAttributePicker or is_transformed(picker, key):
        return motos_get_value(self, value, key, shape)
    known = (type(value), shape, key)
    keys = possible_keys.get(known)
    if keys is None:
        context = serialize.AttributePickerContext(obj=value, key=key, shape=shape)
        keys = possible_keys[known] = tuple(dict.fromkeys(picker.get_possible_keys(context)))
    for name in keys:
        found = serialize.get_value(value, name, serialize.MISSING)
        if found is not serialize.MISSING:
            return found
    return None

motos_get_value = serialize.ResponseSerializer.get_value
serialize.ResponseSerializer.get_value = get_value

def write_xml(parts, name, value):
    if isinstance(value, (list, tuple)):
        for item in value:
            write_xml(parts, name, item)
    elif isinstance(value, dict):
        attributes = "".join(f" {key[1:]}={quoteattr(str(text))}" for key, text in value.items() if key[0] == "@")
        parts.append(f"<{name}{attributes}>")
        parts.append(escape(str(value.get("#text", ""))))
        for key, item in value.items():
            if key[0] not in "@#":
                write_xml(parts, key, item)
        parts.append(f"</{name}>")
    else:
        text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        parts.append(f"<{name}>{escape(text)}</{name}>")

def serialize_body(self, body):
    parts = ['<?xml version="1.0" encoding="utf-8"?>']
    for name, value in body.items():
        write_xml(parts, name, value)
    return "".join(parts)

serialize.EC2Serializer._serialize_body = serialize_body

motos_all_instances = InstanceBackend.all_instances

def all_instances(self, filters=None):
    if filters is not None:
        return motos_all_instances(self, filters)
    return [instance for reservation in list(self.reservations.values()) for instance in reservation.instances]

InstanceBackend.all_instances = all_instances
`;
