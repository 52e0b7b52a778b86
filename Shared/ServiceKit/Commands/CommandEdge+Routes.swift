import CaseLog
import Contracts
import Governance
import HTTPTypes
public import Hummingbird

extension CommandEdge {
    /// Adds `POST /v1/cases/{number}/commands/{name}` behind a token check.
    public func add(to router: some RouterMethods<ServiceContext>, verifier: TokenVerifier?) {
        router.group().add(middleware: StaffOnly(verifier)).post("/v1/cases/{number}/commands/{name}") {
            request, context in
            try await self.handle(request, context)
        }
    }

    /// Handles one request; the token has been checked.
    public func handle(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let actor = try context.staff
        let now = time.now()
        let key: CommandKey
        if let given = request.headers[.idempotencyKey] {
            guard let parsed = CommandKey(given, now: now) else {
                var problem = Problem(.badRequest, .commandKey, fix: .commandKeyFix)
                problem.field = "Idempotency-Key"
                throw problem
            }
            key = parsed
        } else {
            key = CommandKey(now: now)
        }
        let body = try await request.json(allowForm: true)
        let form = try CommandForm(
            number: context.parameters.get("number") ?? "", name: context.parameters.get("name") ?? "", body: body,
            services: options.services)
        try context.require(covering: form.number.home)
        try options.authorise(actor, form.command.type)
        let answer = try await submit(
            form.command, to: form.to, about: form.number, by: actor, key: key, trace: context.trace)
        return answer.response(in: context.language, path: request.uri.path, trace: context.trace)
    }
}
