"""The workload on SpiffWorkflow: a BPMN process of manual tasks and exclusive gateways."""

from __future__ import annotations

from importlib import import_module
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.peers.walk import ROUNDS, VALUES, places, ways

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="walk">'
CONDITIONS = {"is_morning": "value == 'morning'", "has_rounds": f"round < {ROUNDS}"}


def diagram(names: list[str]) -> bytes:
    """The process as BPMN: where a place has two ways out, a gateway chooses one."""
    lines = [HEAD, '<process id="walk" isExecutable="true">', '<startEvent id="start"/>']
    lines += [f'<manualTask id="{name}"/>' for name in names[:-1]]
    lines += [f'<endEvent id="{names[-1]}"/>', _flow("start", names[0])]
    found = list(ways(names))
    forks = [here for here, _, condition in found if condition]
    lines += [f'<exclusiveGateway id="after_{here}" default="{here}_else"/>' for here in forks]
    lines += [_flow(here, f"after_{here}") for here in forks]
    for here, there, condition in found:
        source = f"after_{here}" if here in forks else here
        name = f"{here}_else" if here in forks and not condition else f"{source}_{there}"
        lines.append(_flow(source, there, name, CONDITIONS.get(condition, "")))
    return "".join([*lines, "</process></definitions>"]).encode()


def _flow(here: str, there: str, name: str = "", condition: str = "") -> str:
    within = f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
    name = name or f"{here}_{there}"
    return (
        f'<sequenceFlow id="{name}" sourceRef="{here}" targetRef="{there}">{within}</sequenceFlow>'
    )


class Spiff:
    """A workflow for each session; answers and the round are its data."""

    name = "SpiffWorkflow"

    def __init__(self) -> None:
        self.places = places()
        self.diagram = diagram(list(self.places))
        self.parser = import_module("SpiffWorkflow.bpmn.parser")
        self.bpmn = import_module("SpiffWorkflow.bpmn")
        self.ready = import_module("SpiffWorkflow").TaskState.READY
        self.serializer = import_module("SpiffWorkflow.bpmn.serializer").BpmnWorkflowSerializer()
        self.spec = self.load()

    def load(self) -> Any:  # noqa: ANN401
        parser = self.parser.BpmnParser()
        parser.add_bpmn_str(self.diagram)
        return parser.get_spec("walk")

    def start(self) -> Any:  # noqa: ANN401
        workflow = self.bpmn.BpmnWorkflow(self.spec)
        workflow.do_engine_steps()
        return workflow

    def send(self, session: Any, number: int) -> str:  # noqa: ANN401
        value = VALUES[number]
        task = session.get_next_task(state=self.ready, manual=True)
        place = task.task_spec.bpmn_id
        if not self.places[place].check(value):
            raise ValueError(number)
        data = task.data
        data["value"] = value
        data["round"] = data.get("round", 0) + (place == "warmest")
        if value is not None:
            data.setdefault("answers", {}).setdefault(place, []).append(value)
        task.run()
        session.do_engine_steps()
        following = session.get_next_task(state=self.ready, manual=True)
        return self.places[following.task_spec.bpmn_id].shown() if following else ""

    def snapshot(self, session: Any) -> str:  # noqa: ANN401
        return str(self.serializer.serialize_json(session))

    def restore(self, text: str) -> Any:  # noqa: ANN401
        return self.serializer.deserialize_json(text)

    def forget(self, session: Any) -> None:  # noqa: ANN401
        """Nothing holds on to it."""
