"""The operations that GraphiQL and the documentation offer."""

import httpx
import pytest

from api.graphql.examples import examples


@pytest.mark.parametrize("name", [one.name for one in examples()])
@pytest.mark.parametrize("language", ["VI", "EN"])
def test_an_example_finds_something(client: httpx.Client, name: str, language: str) -> None:
    example = next(one for one in examples() if one.name == name)
    variables = {"language": language} if "$language" in example.text else {}

    answered = client.post("/graphql", json={"query": example.text, "variables": variables})

    assert answered.status_code == 200
    assert "errors" not in answered.json()
    [found] = answered.json()["data"].values()
    assert found["nodes"] if isinstance(found, dict) else found


def test_browsers_get_a_page_with_the_examples_in_their_language(client: httpx.Client) -> None:
    page = client.get("/graphql?lang=en", headers={"accept": "text/html"})

    assert page.headers["content-type"].startswith("text/html")
    assert "script-src 'self';" in page.headers["content-security-policy"]
    assert all(one.title["en"] in page.text for one in examples() if "'" not in one.title["en"])
    assert "Language! = EN" in page.text


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/json, text/html;q=0.5"])
def test_programs_get_no_page(client: httpx.Client, accept: str) -> None:
    answered = client.get("/graphql", headers={"accept": accept})

    assert answered.status_code == 400
    assert answered.headers["content-type"].startswith("application/json")
