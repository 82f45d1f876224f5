"""Templates: the only module that knows jinja2.

Everything is escaped (`autoescape`), a missing value is an error (`StrictUndefined`), and values are frozen view models or plain words.
"""

import functools

import jinja2
import jinja2.exceptions
import jinja2.sandbox

from translate_pipeline.errors import PublishError

__all__ = ["Overrides", "render"]

Overrides = tuple[tuple[str, str], ...]
"""A theme's own templates as (name, source), in front of ours; one may extend ours under the name "default/<name>"."""


def render(template: str, *, overrides: Overrides = (), **values: object) -> bytes:
    """The page that `template` makes of the `values`, in UTF-8.

    Raises:
        PublishError: a theme's template is broken: which one, where, and why.
    """
    try:
        return _environment(overrides).get_template(template).render(values).encode()
    except jinja2.TemplateSyntaxError as problem:
        raise PublishError(
            f"Template {problem.name}, line {problem.lineno}: {problem.message}. Mend it, or remove it from the theme."
        ) from problem
    except (jinja2.UndefinedError, jinja2.TemplateNotFound, jinja2.exceptions.SecurityError) as problem:
        raise PublishError(f"Template {template}: {problem}. The templates of docs/pages.md say what is there to be used.") from problem


@functools.lru_cache(maxsize=4)
def _environment(overrides: Overrides) -> jinja2.Environment:
    ours = jinja2.PackageLoader("translate_pipeline", "templates")
    # A theme may come from anywhere: its templates see values, not Python.
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment if overrides else jinja2.Environment
    return environment(
        loader=jinja2.ChoiceLoader([jinja2.DictLoader(dict(overrides)), ours, jinja2.PrefixLoader({"default": ours})]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
