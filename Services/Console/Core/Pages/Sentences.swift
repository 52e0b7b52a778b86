import Contracts
import Governance
import ServiceKit

/// What a fact says, as one sentence 时间线上的一句话.
struct Sentences {
    let names: Names
    let now: Instant

    /// The sentence of a line of the timeline.
    func sentence(_ entry: TimelineEntry) -> String {
        if let refusal = entry.refusal {
            let text = names.language == .zh ? refusal.text.zh : refusal.text.en
            return names.text(.refusedMark, ["text": text])
        }
        guard let fact = entry.fact else {
            if entry.type == "command.refused" { return names.text(.factCommandRefused) }
            return names.text(.unknownFact, ["type": entry.type])
        }
        return sentence(fact)
    }

    /// The sentence of a fact.
    func sentence(_ fact: Fact) -> String {
        triage(fact) ?? risk(fact) ?? order(fact) ?? pause(fact) ?? closing(fact) ?? watch(fact) ?? revisit(fact)
            ?? feedback(fact) ?? names.text(.unknownFact, ["type": fact.type])
    }

    private func triage(_ fact: Fact) -> String? {
        switch fact {
        case .caseOpened(let body): names.text(.factOpened, ["title": body.appeal.title])
        case .caseAccepted: names.text(.factAccepted)
        case .caseAssessed(let body):
            names.text(
                .factAssessed,
                [
                    "item": body.itemName, "colour": names.colour(body.colour),
                    "gravity": names.choice("gravity", body.gravity.rawValue),
                    "mode": names.choice("mode", body.mode.rawValue), "lead": names.unit(body.lead?.text),
                ])
        case .majorReported(let body):
            names.text(.factMajor, ["leaders": body.leaders.map(names.role).joined(separator: "、")])
        case .reportAttached(let body):
            names.text(body.opening ? .factAttached : .factJoined, ["title": body.appeal.title])
        case .alarmCleared(let body):
            names.text(.factAlarmCleared, ["alarm": AlarmLines(names: names, now: now).line(body)])
        case .reportDetached: names.text(.factDetached)
        case .reportQueued: names.text(.factQueued)
        case .reportAnswered(let body): names.text(.factAnswered, ["reply": body.reply])
        case .reportRedirected(let body):
            names.text(.factRedirected, ["route": route(body.route), "reply": body.reply])
        case .reportReaddressed(let body): names.text(.factReaddressed, ["home": names.home(body.home.text)])
        default: nil
        }
    }

    private func route(_ code: String) -> String {
        names.reference.routes.redirects.first { $0.id == code }?.name ?? code
    }

    private func order(_ fact: Fact) -> String? {
        switch fact {
        case .orderIssued(let body): issued(body)
        case .orderSigned(let body):
            body.delegate.map {
                names.text(.factSignedDelegate, ["delegate": $0.name, "document": $0.document])
            } ?? names.text(.factSigned)
        case .orderReturned(let body):
            names.text(.factReturned, ["reason": body.reason, "proposed": names.unit(body.proposed.text)])
        case .returnAccepted(let body): names.text(.factReturnAccepted, ["next": names.unit(body.next.text)])
        case .returnRefused: names.text(.factReturnRefused)
        case .orderMet(let body): met(body)
        case .orderProgressed(let body):
            progressed(body)
        case .orderFinished(let body):
            names.text(.factFinished, ["outcome": names.choice("outcome", body.outcome.rawValue), "reply": body.reply])
        default: nil
        }
    }

    private func issued(_ body: OrderIssued) -> String {
        let text = names.text(
            body.direct ? .factIssuedDirect : .factIssued,
            ["main": names.unit(body.main.text), "assists": names.units(body.assists)])
        guard let duty = body.duty else { return text }
        return names.text(.factIssuedDuty, ["order": text, "duty": names.duty(duty, now: now)])
    }

    private func progressed(_ body: OrderProgressed) -> String {
        let text = names.text(
            .factProgressed, ["kind": names.choice("progress", body.kind.rawValue), "note": body.note])
        guard let targets = body.targets else { return text }
        let counts = names.text(
            .factTargets,
            [
                "all": "\(targets.names.count)", "banned": "\(targets.banned?.count ?? 0)",
                "closed": "\(targets.closed?.count ?? 0)", "rectify": "\(targets.rectify?.count ?? 0)",
            ])
        return "\(text) · \(counts)"
    }

    private func met(_ body: OrderMet) -> String {
        let parts = [body.place, body.person, body.note].compactMap { $0 }.filter { !$0.isEmpty }
        return names.text(
            .factMet,
            [
                "how": names.choice("meeting", body.how.rawValue),
                "place": parts.isEmpty ? names.moment(body.metAt, now: now) : "\(names.moment(body.metAt, now: now)) ",
                "person": parts.joined(separator: names.language == .zh ? "," : ", "),
            ])
    }

    private func pause(_ fact: Fact) -> String? {
        switch fact {
        case .extensionAsked(let body):
            names.text(.factAsked, ["until": names.moment(body.until, now: now), "reason": body.reason])
        case .extensionGranted: names.text(.factGranted)
        case .extensionRefused(let body): names.text(.factRefused, ["reason": body.reason])
        case .orderSuspended(let body):
            names.text(
                .factSuspended,
                [
                    "ground": names.choice("ground", body.ground.rawValue), "note": body.note,
                    "review": names.moment(body.review, now: now),
                ])
        case .orderResumed: names.text(.factResumed)
        case .orderRetimed(let body): names.text(.factRetimed, ["clocks": retimed(body.clocks)])
        case .errandSent(let body):
            names.text(.factErrandSent, ["unit": names.unit(body.unit.text), "task": body.task])
        case .errandFinished(let body):
            names.text(.factErrandFinished, ["unit": names.unit(body.unit.text), "word": body.word])
        default: mediation(fact)
        }
    }

    private func retimed(_ clocks: [Deadline]) -> String {
        clocks.filter { $0.originalDue != nil || $0.clock == .meet }
            .map { "\(names.clock($0.rule)) \(DueBar.until($0.due, names, now))" }
            .joined(separator: names.language == .zh ? "、" : ", ")
    }

    private func closing(_ fact: Fact) -> String? {
        switch fact {
        case .caseVerified: names.text(.factVerified)
        case .caseRejected(let body): names.text(.factRejected, ["reason": body.reason])
        case .caseWithdrawn(let body): names.text(.factWithdrawn, ["reason": body.reason])
        default: nil
        }
    }

    private func revisit(_ fact: Fact) -> String? {
        switch fact {
        case .revisitPlanned(let body):
            names.text(.factPlanned, ["until": names.moment(body.phone.due, now: now)])
        case .revisitAttempted(let body):
            names.text(
                .factAttempted,
                [
                    "n": "\(body.attempt)", "result": names.choice("attempt", body.result.rawValue),
                    "note": body.note ?? "",
                ])
        case .revisitPassed(let body):
            names.text(
                body.onSite ? .factPassedOnSite : .factPassed,
                [
                    "sum": "\(body.scores.sum)", "answers": answers(body.scores),
                    "rater": names.choice("rater", body.rater.rawValue),
                ])
        case .revisitReopened(let body):
            names.text(.factReopened, ["n": "\(body.count)", "reason": body.reason])
        case .revisitDrawn(let body):
            names.text(
                body.ground == .draw ? .factDrawn : .factDrawnUnreachable,
                ["unit": names.unit(body.unit?.text), "month": body.month?.description ?? ""])
        case .revisitVisited(let body):
            names.text(
                .factVisited,
                ["sum": "\(body.scores.sum)", "answers": answers(body.scores), "note": body.note])
        default: nil
        }
    }

    /// `人员稳控是、问题处置基本…`: every question with its answer.
    private func answers(_ scores: RevisitScores) -> String {
        let labels: [ConsoleText] = [.fieldStability, .fieldHandling, .fieldSatisfaction, .fieldRisk]
        return zip(labels, scores.answers).map { label, answer in
            "\(names.text(label)) \(names.choice("answer", answer.rawValue))"
        }.joined(separator: names.language == .zh ? "、" : ", ")
    }
}
