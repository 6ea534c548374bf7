// Thousands of places on one canvas: those that are seen are drawn in one pass, and found again where
// the map is clicked. A place is { lat, lon, reach, size, members }: with a reach, in metres, it is
// somewhere within a dashed circle; else it is a dot of a size in pixels.

const L = window.L;
const ROUND = 40075016.7; // metres round the equator

export const Dots = L.Layer.extend({
  initialize(style) { this._style = style; this._places = []; this._drawn = []; },

  onAdd(map) {
    this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide");
    this._canvas.style.pointerEvents = "none";
    this._canvas.setAttribute("aria-hidden", "true");
    map.getPane("overlayPane").appendChild(this._canvas);
    map.on("moveend zoomend resize viewreset", this._draw, this);
    this._draw();
  },

  onRemove(map) {
    map.off("moveend zoomend resize viewreset", this._draw, this);
    this._canvas.remove();
  },

  // The largest come first, so that none is hidden by a larger one.
  show(places) {
    this._places = places.map((place) => ({ ...place, at: this._flat(place) }));
    if (this._map) this._draw();
  },

  // Where a place is on a map of one unit's width.
  _flat({ lat, lon }) {
    const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
    return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  },

  _draw() {
    const map = this._map, size = map.getSize(), pixel = window.devicePixelRatio || 1;
    // A third more on each side, so that a map that is dragged has no bare edge.
    const pad = size.multiplyBy(0.3).round(), whole = size.add(pad.multiplyBy(2));
    const corner = map.containerPointToLayerPoint([-pad.x, -pad.y]).round();
    const canvas = this._canvas;
    L.DomUtil.setPosition(canvas, corner);
    if (canvas.width !== whole.x * pixel || canvas.height !== whole.y * pixel) {
      canvas.width = whole.x * pixel; canvas.height = whole.y * pixel;
      canvas.style.width = `${whole.x}px`; canvas.style.height = `${whole.y}px`;
    }
    const paint = canvas.getContext("2d");
    paint.setTransform(pixel, 0, 0, pixel, 0, 0);
    paint.clearRect(0, 0, whole.x, whole.y);
    const wide = 256 * 2 ** map.getZoom();
    const origin = map.getPixelOrigin().add(corner);
    const { ink, paper, line, fill } = this._style;
    this._corner = corner;
    this._drawn = [];
    for (const place of this._places) {
      const x = place.at[0] * wide - origin.x, y = place.at[1] * wide - origin.y;
      const radius = place.reach ? (place.reach / (ROUND * Math.cos((place.lat * Math.PI) / 180))) * wide : place.size;
      if (x < -radius || y < -radius || x > whole.x + radius || y > whole.y + radius) continue;
      this._drawn.push([x, y, Math.max(radius, 4), place]);
      paint.beginPath();
      paint.arc(x, y, radius, 0, 2 * Math.PI);
      paint.setLineDash(place.reach ? [4, 5] : []);
      paint.globalAlpha = place.reach ? 0.06 : fill;
      paint.fillStyle = ink;
      paint.fill();
      paint.globalAlpha = 1;
      paint.lineWidth = place.reach ? 1.5 : line;
      paint.strokeStyle = place.reach ? ink : paper;
      paint.stroke();
    }
  },

  // The dots of the whole map at its zoom, each as [x, y, radius] in the layer. Dashed circles are
  // faint and large: what lies over one is still read.
  laid() {
    const wide = 256 * 2 ** this._map.getZoom(), origin = this._map.getPixelOrigin();
    return this._places.filter((place) => !place.reach).map((place) => [place.at[0] * wide - origin.x, place.at[1] * wide - origin.y, place.size]);
  },

  // The place that is drawn at a point of the layer, the topmost; undefined where there is none.
  at(point) {
    const x = point.x - this._corner.x, y = point.y - this._corner.y;
    for (let n = this._drawn.length - 1; n >= 0; n -= 1) {
      const [cx, cy, radius, place] = this._drawn[n];
      if ((x - cx) ** 2 + (y - cy) ** 2 <= radius ** 2) return place;
    }
    return undefined;
  },
});
