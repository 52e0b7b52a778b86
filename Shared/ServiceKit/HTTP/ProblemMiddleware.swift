import Governance
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// Turns every error into a problem: refusals, faults of an input, Hummingbird's own errors, a wrong method, and what nobody
/// foresaw (500, logged, without inner details in the answer).
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = ServiceContext
    let routes: RouteTable

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPParserError {
            // What is not HTTP: the server closes the connection with a bare 400.
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            let problem = problem(for: error, request, context)
            return problem.response(in: context.language, path: request.uri.path.shown, trace: context.trace)
        }
    }

    private func problem(for error: any Error, _ request: Request, _ context: ServiceContext) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let refusal as Refusal: return Problem(refusal)
        case let faults as FieldFaults: return Problem(faults)
        case is NIOTooManyBytesError: return .tooLarge(BodyLimit.standard)
        case let error as HTTPError:
            if error.status == .notFound, context.endpointPath == "NotFound" { return noRoute(request) }
            return known(error, request)
        case let error as any HTTPResponseError where error.status.code < 500:
            return known(HTTPError(error.status), request)
        default:
            context.logger.error(
                "request failed",
                metadata: [
                    LogKey.error: "\(String(describing: error).prefix(500))", "kind": "\(Swift.type(of: error))",
                    LogKey.route: "\(context.endpointPath ?? "-")", LogKey.method: "\(request.method.rawValue)",
                ])
            return Problem(.internalServerError, .failed, fix: .failedFix)
        }
    }

    private func noRoute(_ request: Request) -> Problem {
        let allowed = routes.methods(for: request.uri.path)
        guard !allowed.isEmpty else { return .noSuch(request.uri.path) }
        let list = allowed.joined(separator: ", ")
        return Problem(
            .methodNotAllowed, .method, fix: .methodFix, ["method": request.method.rawValue.shown, "allowed": list],
            headers: [.allow: list])
    }

    private func known(_ error: HTTPError, _ request: Request) -> Problem {
        switch error.status.code {
        case 404: .noSuch(request.uri.path)
        case 413: .tooLarge(BodyLimit.standard)
        default:
            Problem(
                error.status, .badRequest, fix: .badRequestFix, ["reason": error.body ?? error.status.reasonPhrase],
                headers: error.headers)
        }
    }
}

extension Problem {
    /// There is nothing at that path.
    public static func noSuch(_ path: String) -> Problem {
        Problem(.notFound, .notFound, fix: .notFoundFix, ["path": path.shown])
    }
}

extension String {
    /// A stranger's text, short enough to be repeated to him.
    var shown: String { unicodeScalars.count > 200 ? "\(String(unicodeScalars.prefix(200)))…" : self }
}
