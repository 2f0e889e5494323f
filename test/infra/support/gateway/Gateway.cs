// The part of API Management that runs around the expressions: sections in their order, errors, the token's check, the
// counters, the answer. One request is one line of JSON on standard input, its outcome one line on standard output.
using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

public class PolicyProgram {
  public Action<Gateway> Inbound, Backend, Outbound, OnError;
  public bool Timed;
}

public static class Timing {
  internal static readonly Dictionary<string, double> Spent = new Dictionary<string, double>();
  internal static double Microseconds(System.Diagnostics.Stopwatch watch) { return watch.ElapsedTicks * 1e6 / System.Diagnostics.Stopwatch.Frequency; }
  public static T Of<T>(string place, Func<T> expression) {
    System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
    try { return expression(); } finally { Spent[place] = Microseconds(watch); }
  }
}

public class ResponseReturned : Exception { }

// What a policy itself fails with; an exception out of an expression is something else.
public class PolicyFailure : Exception {
  public readonly int Status;
  public readonly string Source, Reason;
  public PolicyFailure(int status, string source, string reason) : base(reason) { Status = status; Source = source; Reason = reason; }
}

public class Gateway {
  static readonly Dictionary<string, int> Counters = new Dictionary<string, int>();
  static readonly Dictionary<string, KeyValuePair<DateTime, object>> Cache = new Dictionary<string, KeyValuePair<DateTime, object>>();
  // learn.microsoft.com/azure/api-management/set-variable-policy#allowed-types
  static readonly Type[] Basic = { typeof(bool), typeof(sbyte), typeof(sbyte[]), typeof(byte), typeof(byte[]), typeof(ushort), typeof(uint), typeof(ulong), typeof(short), typeof(int), typeof(long), typeof(decimal), typeof(float), typeof(double), typeof(Guid), typeof(string), typeof(char), typeof(DateTime), typeof(TimeSpan) };

  readonly JObject scenario;
  readonly JArray events = new JArray(), traces = new JArray();
  readonly JArray rateLimitKeys = new JArray();
  readonly Dictionary<string, string[]> requestHeaders, responseHeaders;
  string section = "inbound", backendId, path, body, requestBody;
  JObject forwarded;
  public readonly Context Context;

  Gateway(JObject scenario) {
    this.scenario = scenario;
    requestHeaders = HeadersOf(scenario["headers"]);
    responseHeaders = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
    string text = (string)scenario["body"];
    requestBody = text;
    path = (string)scenario["path"];
    Context = new Context {
      Elapsed = TimeSpan.FromMilliseconds((double)scenario["elapsedMs"]),
      Request = new Request {
        Headers = new Values(requestHeaders),
        Method = (string)scenario["method"],
        IpAddress = (string)scenario["address"],
        OriginalUrl = new RequestUrl { Host = "gateway.example", Path = path },
        Content = text == null ? null : new MessageBody(text),
      },
      RequestId = Guid.Parse((string)scenario["requestId"]),
      Timestamp = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMilliseconds((double)scenario["timestampMs"]),
      Variables = new Variables(),
    };
  }

  static Dictionary<string, string[]> HeadersOf(JToken headers) {
    Dictionary<string, string[]> found = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
    foreach (JProperty header in ((JObject)headers).Properties()) found[header.Name] = new[] { (string)header.Value };
    return found;
  }

  // The statements, as the generated program calls them.

  public void SetVariable(string name, object value) {
    if (value != null && !Basic.Contains(value.GetType())) throw new InvalidOperationException("A variable cannot hold " + value.GetType().Name);
    Context.Variables.Set(name, value);
  }

  public void ValidateJwt(string headerName, string scheme, int refusedStatus, bool requireSigned, bool requireExpiration, string[] audiences, string[] issuers, int clockSkew, string variable) {
    Func<string, PolicyFailure> Refused = reason => new PolicyFailure(refusedStatus, "validate-jwt", reason);
    string header = Context.Request.Headers.GetValueOrDefault(headerName, "");
    JObject token = scenario["token"] as JObject;
    if (token == null || !header.StartsWith(scheme + " ", StringComparison.OrdinalIgnoreCase)) throw Refused("TokenNotPresent");
    if (!(bool)token["signed"] && requireSigned) throw Refused("TokenSignatureInvalid");
    JObject claims = (JObject)token["claims"];
    if (!issuers.Contains((string)claims["iss"])) throw Refused("TokenIssuerNotAllowed");
    if (!audiences.Contains((string)claims["aud"])) throw Refused("TokenAudienceNotAllowed");
    if (claims["exp"] == null && requireExpiration) throw Refused("TokenExpirationMissing");
    DateTime? expires = claims["exp"] == null ? (DateTime?)null : new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds((double)claims["exp"]);
    if (expires != null && expires.Value.AddSeconds(clockSkew) < Context.Timestamp) throw Refused("TokenExpired");
    Dictionary<string, string[]> values = claims.Properties().ToDictionary(claim => claim.Name, claim => claim.Value is JArray ? claim.Value.Select(item => (string)item).ToArray() : new[] { (string)claim.Value });
    Context.Variables.Set(variable, new Jwt { Issuer = (string)claims["iss"], Subject = (string)claims["sub"], Audiences = values["aud"], Claims = new Values(values), ExpirationTime = expires });
  }

  public void RateLimit(int calls, int seconds, string key) {
    rateLimitKeys.Add(key);
    string counter = (string)scenario["window"] + " " + key;
    int count;
    Counters.TryGetValue(counter, out count);
    Counters[counter] = count + 1;
    if (count < calls) return;
    responseHeaders["Retry-After"] = new[] { seconds.ToString() };
    throw new PolicyFailure(429, "rate-limit-by-key", "RateLimitExceeded");
  }

  public void SetHeader(string name, string action, params string[] values) {
    Dictionary<string, string[]> headers = section == "inbound" || section == "backend" ? requestHeaders : responseHeaders;
    if (action == "delete") headers.Remove(name);
    else if (action == "override" || !headers.ContainsKey(name)) headers[name] = values;
    else if (action == "append") headers[name] = headers[name].Concat(values).ToArray();
  }

  // One cache for all requests, as a unit of API Management has one; a scenario's window keeps tests apart.
  string Cached(string key) { return (string)scenario["window"] + " " + key; }
  public void CacheLookup(string key, string variable, string otherwise) {
    KeyValuePair<DateTime, object> found;
    bool here = Cache.TryGetValue(Cached(key), out found) && found.Key > Context.Timestamp;
    Context.Variables.Set(variable, here ? found.Value : otherwise);
  }
  public void CacheStore(string key, object value, int seconds) { Cache[Cached(key)] = new KeyValuePair<DateTime, object>(Context.Timestamp.AddSeconds(seconds), value); }

  public void SetBackend(string id) { backendId = id; }
  public void RewriteUri(string template, bool copyUnmatched) {
    string query = (string)scenario["query"] ?? "";
    path = template + (copyUnmatched && query != "" ? "?" + query : "");
  }
  public void LogToEventHub(string logger, string text) { events.Add(new JObject(new JProperty("logger", logger), new JProperty("text", text))); }

  public void Trace(string source, string severity, string message) { traces.Add(new JObject(new JProperty("source", source), new JProperty("severity", severity), new JProperty("message", message))); }

  public void ForwardRequest(bool buffered) {
    forwarded = new JObject(
      new JProperty("backend", backendId), new JProperty("path", path), new JProperty("buffered", buffered),
      new JProperty("body", Context.Request.Content == null || Context.Request.Content.Consumed ? null : requestBody),
      new JProperty("headers", new JObject(requestHeaders.Select(header => new JProperty(header.Key.ToLowerInvariant(), string.Join(",", header.Value))))));
    if ((int)scenario["backendStatus"] == 0) throw new PolicyFailure(500, "forward-request", "BackendConnectionFailure");
    Answer((int)scenario["backendStatus"]);
  }

  // There is no response before there is one: learn.microsoft.com/azure/api-management/api-management-policy-expressions
  void Answer(int status) {
    if (Context.Response == null) Context.Response = new Response { Headers = new Values(responseHeaders) };
    Context.Response.StatusCode = status;
  }

  public void BeginResponse() { responseHeaders.Clear(); Answer(200); section = "return-response"; }
  public void Status(object code) { Context.Response.StatusCode = Convert.ToInt32(code); }
  public void Body(string text) {
    if (section != "inbound" && section != "backend") { body = text; return; }
    requestBody = text;
    Context.Request.Content = new MessageBody(text) { Reads = Context.Request.Reads };
    requestHeaders["Content-Length"] = new[] { System.Text.Encoding.UTF8.GetByteCount(text).ToString() };
  }
  public void EndResponse() { throw new ResponseReturned(); }

  // The pipeline.

  JObject Run(PolicyProgram program) {
    string error = null;
    try {
      program.Inbound(this);
      section = "backend";
      program.Backend(this);
      section = "outbound";
      program.Outbound(this);
      if ((bool)scenario["hangsUp"]) throw new PolicyFailure(Context.Response.StatusCode, "client", "ClientConnectionFailure");
    } catch (ResponseReturned) {
    } catch (Exception failure) {
      PolicyFailure known = failure as PolicyFailure;
      error = known == null ? failure.ToString() : known.Reason;
      Context.LastError = new LastError { Source = known == null ? "expression" : known.Source, Reason = known == null ? "ExpressionValueEvaluationFailure" : known.Reason, Message = failure.Message, Section = section };
      Answer(known == null ? 500 : known.Status);
      section = "on-error";
      try { program.OnError(this); } catch (ResponseReturned) { }
    }
    return new JObject(
      new JProperty("status", Context.Response.StatusCode), new JProperty("body", body), new JProperty("error", error),
      new JProperty("headers", new JObject(responseHeaders.Select(header => new JProperty(header.Key.ToLowerInvariant(), string.Join(",", header.Value))))),
      new JProperty("forwarded", forwarded), new JProperty("events", events), new JProperty("traces", traces), new JProperty("rateLimitKeys", rateLimitKeys),
      new JProperty("requestBodyReads", Context.Request.Reads),
      new JProperty("responseBodyWasRead", Context.Response.BodyWasRead));
  }

  // For the bench: how long a request takes, and each expression of it, in microseconds; the least of several runs.
  static JObject Measured(JObject scenario, PolicyProgram program) {
    int runs = (int)scenario["repeat"];
    List<double> all = new List<double>();
    Dictionary<string, double> least = new Dictionary<string, double>();
    for (int run = 0; run < runs; run++) {
      Timing.Spent.Clear();
      scenario["window"] = Guid.NewGuid().ToString();
      // What earlier runs left behind is not this one's work.
      if (program.Timed) GC.Collect();
      System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
      new Gateway(scenario).Run(program);
      all.Add(Timing.Microseconds(watch));
      foreach (KeyValuePair<string, double> spent in Timing.Spent) {
        double before;
        if (!least.TryGetValue(spent.Key, out before) || spent.Value < before) least[spent.Key] = spent.Value;
      }
    }
    all.Sort();
    return new JObject(new JProperty("median", all[all.Count / 2]), new JProperty("expressions", JObject.FromObject(least)));
  }

  // As lenient as the library is: what stands behind the message is not looked at.
  static string Parse(string text) {
    try {
      return JToken.Load(new JsonTextReader(new System.IO.StringReader(text)) { DateParseHandling = DateParseHandling.None }).ToString(Formatting.None);
    } catch (Exception) {
      return null;
    }
  }

  public static void Main() {
    Dictionary<string, PolicyProgram> programs = Policies.All();
    string line;
    while ((line = Console.In.ReadLine()) != null) {
      JsonTextReader reader = new JsonTextReader(new System.IO.StringReader(line)) { DateParseHandling = DateParseHandling.None };
      JObject scenario = JObject.Load(reader);
      if (scenario["parse"] != null) {
        Console.Out.WriteLine(new JObject(new JProperty("parsed", Parse((string)scenario["parse"]))).ToString(Formatting.None));
        Console.Out.Flush();
        continue;
      }
      NamedValues.Texts = ((JObject)scenario["namedValues"]).Properties().ToDictionary(value => value.Name, value => (string)value.Value);
      JObject outcome;
      try {
        PolicyProgram program = programs[(string)scenario["policy"]];
        outcome = scenario["repeat"] != null ? Measured(scenario, program) : new Gateway(scenario).Run(program);
      } catch (Exception failure) {
        outcome = new JObject(new JProperty("crash", failure.ToString()));
      }
      Console.Out.WriteLine(outcome.ToString(Formatting.None));
      Console.Out.Flush();
    }
  }
}
